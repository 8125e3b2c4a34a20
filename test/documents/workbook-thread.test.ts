import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import type { SheetColumn } from '../../src/documents/sheet.ts';
import { readWorkbookInThread, writeWorkbookInThread } from '../../src/documents/workbook-thread.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { threadTimeOf } from '../support/processor-time.ts';

const COLUMNS: SheetColumn[] = [
  { key: 'name', header: '姓名', kind: 'text' },
  { key: 'phone', header: '手机号', kind: 'text' },
  { key: 'people', header: '人数', kind: 'number' },
];
const manyRows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `王秀英${index}`,
    phone: String(13_800_000_000 + index),
    people: 4,
  }));

describe('a table in a thread of its own', () => {
  it('is written and read as without', async () => {
    const rows = manyRows(3);
    const bytes = await writeWorkbookInThread([{ name: '表', columns: COLUMNS, rows }]);
    const result = await readWorkbookInThread(bytes, COLUMNS);
    expect(result.ok && result.rows.map(({ values }) => values)).toEqual(rows);
  });

  it('does not hold up the conversations', async () => {
    const sheets = [{ name: '表', columns: COLUMNS, rows: manyRows(10_000) }];
    const bytes = await writeWorkbookInThread(sheets);
    const writingHere = await threadTimeOf(() => writeWorkbook(sheets));
    const writingThere = await threadTimeOf(() => writeWorkbookInThread(sheets));
    const readingHere = await threadTimeOf(() => readWorkbook(bytes, COLUMNS));
    const readingThere = await threadTimeOf(() => readWorkbookInThread(bytes, COLUMNS));
    expect(writingThere).toBeLessThan(writingHere / 2);
    expect(readingThere).toBeLessThan(readingHere / 2);
  });

  it('that takes too long is given up', async () => {
    const bytes = await writeWorkbookInThread([{ name: '表', columns: COLUMNS, rows: [] }]);
    expect(await readWorkbookInThread(bytes, COLUMNS, 1)).toEqual({ ok: false, why: 'too-large' });
    await expect(writeWorkbookInThread([{ name: '表', columns: COLUMNS, rows: [] }], 1)).rejects.toThrow(
      'export-failed',
    );
  });

  it('that is none is refused with the reason', async () => {
    expect(await readWorkbookInThread(Buffer.from('x'), COLUMNS)).toEqual({ ok: false, why: 'not-xlsx' });
  });
});
