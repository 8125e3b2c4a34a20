/** Reading and writing tables in a thread of their own, so that a large or hostile file stops nobody's conversation. */
import { Worker } from 'node:worker_threads';
import { LvlinError } from '../model/errors.ts';
import type { ReadWorkbook } from './read-workbook.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import type { WorkbookAnswer, WorkbookTask } from './workbook-task.ts';

// 50,000 rows take 2 s to write and 1 s to read on two cores.
const GIVE_UP_AFTER_MS = 60_000;
// Enough for 50,000 rows; beyond it the thread ends, not the bot.
const LARGEST_HEAP_MB = 768;

/** As `readWorkbook`. A file that needs more memory or time than a thread has is `too-large`. */
export async function readWorkbookInThread(
  bytes: Uint8Array,
  columns: readonly SheetColumn[],
  giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<ReadWorkbook> {
  const answer = await answerOf({ kind: 'read', bytes, columns }, giveUpAfterMs);
  if (answer === undefined || answer.kind !== 'read') return { ok: false, why: 'too-large' };
  return answer.result;
}

/** As `writeWorkbook`. Throws `export-failed` where the thread can't do it. */
export async function writeWorkbookInThread(
  sheets: readonly Sheet[],
  giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<Buffer> {
  const answer = await answerOf({ kind: 'write', sheets }, giveUpAfterMs);
  if (answer === undefined || answer.kind !== 'write') throw new LvlinError('export-failed');
  return Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength);
}

function answerOf(task: WorkbookTask, giveUpAfterMs: number): Promise<WorkbookAnswer | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./workbook-task.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB },
    });
    const timer = setTimeout(() => end(undefined), giveUpAfterMs);

    function end(answer: WorkbookAnswer | undefined): void {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    }

    worker.once('message', end);
    worker.once('error', () => end(undefined));
    worker.once('exit', () => end(undefined));
  });
}
