/** What runs inside the thread of `workbook-thread.ts`: one task, one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ReadWorkbook, readWorkbook } from './read-workbook.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { writeWorkbook } from './write-workbook.ts';

export type WorkbookTask =
  | { kind: 'read'; bytes: Uint8Array; columns: readonly SheetColumn[] }
  | { kind: 'write'; sheets: readonly Sheet[] };

export type WorkbookAnswer = { kind: 'read'; result: ReadWorkbook } | { kind: 'write'; bytes: Uint8Array };

if (parentPort !== null) parentPort.postMessage(await answer(workerData));

async function answer(task: WorkbookTask): Promise<WorkbookAnswer> {
  if (task.kind === 'read') return { kind: 'read', result: await readWorkbook(task.bytes, task.columns) };
  return { kind: 'write', bytes: await writeWorkbook(task.sheets) };
}
