import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { cellText, displayWidth } from '../../src/documents/cell-text.ts';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import type { Sheet, SheetColumn } from '../../src/documents/sheet.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { fromWire } from '../../src/lib/text.ts';

const COLUMNS: SheetColumn[] = [
  { key: 'name', header: '姓名', kind: 'text' },
  { key: 'phone', header: '手机号', kind: 'text' },
  { key: 'room', header: '房号', kind: 'text' },
  { key: 'people', header: '人数', kind: 'number' },
  { key: 'day', header: '登记日期', kind: 'date' },
  { key: 'minutes', header: '服务时长（分钟）', kind: 'minutes' },
];
const ROW = { name: '王秀英', phone: '13812345678', room: '3-2-501', people: 4, day: '2026-06-05', minutes: 90 };
const PLEDGES: Sheet = {
  name: '承诺',
  title: '绿苑社区 家庭绿色承诺',
  note: '2026-11-20 导出',
  columns: COLUMNS,
  rows: [ROW, { ...ROW, name: '=cmd|calc', phone: '+8613900001111', room: '007', people: null }],
};

async function written(sheet: Sheet) {
  const bytes = await writeWorkbook([sheet]);
  const workbook = await readXlsx(bytes, { readStyles: true });
  const [first] = workbook.sheets;
  if (first === undefined) throw new Error('no sheet');
  return { bytes, sheet: first };
}

/** The raw text of one part of the file, found without the library that wrote it. */
function partOf(bytes: Buffer, name: string): string {
  for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const nameLength = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) !== name) continue;
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    return (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
  }
  return '';
}

describe('a table in the spreadsheet program', () => {
  it('has its title, a bold frozen header with filters, the rows and the note', async () => {
    const { sheet } = await written(PLEDGES);
    expect(sheet.rows.map((row) => row[0])).toEqual([
      '绿苑社区 家庭绿色承诺',
      '姓名',
      '王秀英',
      '=cmd|calc',
      null,
      '2026-11-20 导出',
    ]);
    expect(sheet.cells?.get('1,0')?.style?.font?.bold).toBe(true);
    expect(sheet.freezePane?.rows).toBe(2);
    expect(sheet.autoFilter?.range).toBe('A2:F4');
    expect(sheet.name).toBe('承诺');
  });

  it('prints on A4 as wide as the page with the header on every page', async () => {
    const { sheet } = await written(PLEDGES);
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 'a4',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$2:$2',
    });
  });

  it('keeps phones, rooms and what looks like a formula as text cells', async () => {
    const { bytes, sheet } = await written(PLEDGES);
    for (const ref of ['2,1', '2,2', '3,0', '3,1', '3,2'])
      expect(sheet.cells?.get(ref)).toMatchObject({ type: 'string', style: { numFmt: '@' } });
    const xml = partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(xml).toContain('<c r="A4" t="s"');
    expect(xml).not.toContain('<f>');
  });

  it('keeps numbers, days and minutes so that they can be added up', async () => {
    const { sheet } = await written(PLEDGES);
    expect(sheet.rows[2]?.slice(3)).toEqual([4, new Date('2026-06-05T00:00:00Z'), 90]);
    expect(sheet.cells?.get('2,4')?.style?.numFmt).toBe('yyyy-mm-dd');
  });

  it('has columns as wide as what stands in them, an ideograph counting two', async () => {
    expect(displayWidth('王秀英ab')).toBe(8);
    expect(displayWidth('一\n二三')).toBe(4);
    const { sheet } = await written(PLEDGES);
    const widths = sheet.columns?.map((column) => column.width ?? 0) ?? [];
    expect(widths[5]).toBeGreaterThanOrEqual(displayWidth('服务时长（分钟）'));
    expect(Math.max(...widths)).toBeLessThanOrEqual(48);
  });

  it('has room for every line of a long text', async () => {
    const rows = [ROW, { ...ROW, name: '一二三四五六七八九十'.repeat(5) }, { ...ROW, name: 'a\nb\nc' }];
    const { sheet } = await written({ name: 'x', columns: COLUMNS, rows });
    expect([1, 2, 3].map((row) => sheet.rowDefs?.get(row)?.height)).toEqual([undefined, 51, 51]);
  });

  it('opens without rows', async () => {
    const { bytes, sheet } = await written({ name: '空', columns: COLUMNS, rows: [] });
    expect(sheet.autoFilter?.range).toBe('A1:F1');
    expect(await readWorkbook(bytes, COLUMNS)).toEqual({ ok: true, rows: [], faults: [], missingColumns: [] });
  });

  it('stands beside others under names that Excel takes', async () => {
    const names = ['a/b[c]:*?\\', '', '承诺', '承诺', '很'.repeat(60), '很'.repeat(60), "'引'"];
    const bytes = await writeWorkbook(names.map((name) => ({ name, columns: COLUMNS, rows: [] })));
    const kept = (await readXlsx(bytes)).sheets.map((sheet) => sheet.name);
    expect(new Set(kept).size).toBe(names.length);
    for (const name of kept) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
    expect(kept.slice(1, 4)).toEqual(['Sheet2', '承诺', '承诺 2']);
  });
});

describe('what is written', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '=1+1',
      '+86',
      '-1',
      '@x',
      '\tx',
      '_x000D_',
      '_x005F_x000D_',
      '_x0041__x0042_',
      "'q",
      '007',
      '1e5',
      'TRUE',
      '#N/A!',
      '2026-01-01',
      '<b>&amp;]]>',
      'a\r\nb',
      '\u0000',
    ),
  );

  it('is read back the same by the library, but for line breaks and what XML forbids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 30 }), async (texts) => {
        const columns: SheetColumn[] = [{ key: 'name', header: '姓名', kind: 'text' }];
        const { sheet } = await written({ name: 'x', columns, rows: texts.map((name) => ({ name })) });
        const back = texts.map((_, index) => sheet.rows[index + 1]?.[0] ?? '');
        expect(back).toEqual(texts.map((name) => cellText(name)));
      }),
      { numRuns: 100 },
    );
  });

  it('comes in again as the same records', async () => {
    const row = fc.record({
      name: text,
      phone: fc.stringMatching(/^1[3-9]\d{9}$/),
      room: text,
      people: fc.option(
        fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })),
      ),
      day: fc.option(
        fc.integer({ min: 20_000, max: 60_000 }).map((n) => new Date(Date.UTC(1900, 0, n)).toISOString().slice(0, 10)),
      ),
      minutes: fc.option(fc.nat(100_000)),
    });
    const kept = (value: string) => fromWire(cellText(value)).trim() || null;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), fc.option(text, { nil: undefined }), async (rows, title) => {
        const sheet: Sheet = {
          name: 'x',
          columns: COLUMNS,
          rows,
          note: '注',
          ...(title === undefined ? {} : { title }),
        };
        const back = await readWorkbook(await writeWorkbook([sheet]), COLUMNS);
        expect(back.ok && back.rows.map(({ values }) => values)).toEqual(
          rows.map((r) => ({ ...r, people: r.people === 0 ? 0 : r.people, name: kept(r.name), room: kept(r.room) })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is cut at what a cell holds, never inside an emoji', async () => {
    const { sheet } = await written({ name: 'x', columns: COLUMNS, rows: [{ name: `a${'👨‍👩‍👧'.repeat(5_000)}` }] });
    const cell = String(sheet.rows[1]?.[0]);
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell).toBe(`a${'👨‍👩‍👧'.repeat(4_095)}`);
  });
});
