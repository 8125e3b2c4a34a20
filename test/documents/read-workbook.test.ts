import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import type { SheetColumn } from '../../src/documents/sheet.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { threadTimeOf } from '../support/processor-time.ts';

const COLUMNS: SheetColumn[] = [
  { key: 'name', header: '姓名', kind: 'text' },
  { key: 'phone', header: '手机号', kind: 'text', otherHeaders: ['电话', '联系电话'] },
  { key: 'people', header: '人数', kind: 'number' },
  { key: 'day', header: '日期', kind: 'date' },
  { key: 'minutes', header: '分钟', kind: 'minutes' },
];
const HEADER = ['姓名', '手机号', '人数', '日期', '分钟'];

type Cells = Parameters<typeof writeXlsx>[0]['sheets'][number];
const fileOf = (...sheets: Partial<Cells>[]) =>
  writeXlsx({ sheets: sheets.map((sheet, index) => ({ name: `表${index}`, ...sheet })) });

async function read(...sheets: Partial<Cells>[]) {
  const result = await readWorkbook(await fileOf(...sheets), COLUMNS);
  if (!result.ok) throw new Error(result.why);
  return result;
}

async function readOne(column: number, cell: NonNullable<Cells['rows']>[number][number], style = {}) {
  const row = HEADER.map((_, index) => (index === column ? cell : index === 0 ? '王' : null));
  const cells = new Map([[`1,${column}`, { style }]]);
  const { rows, faults } = await read({ rows: [HEADER, row], cells });
  return faults[0]?.code ?? rows[0]?.values[COLUMNS[column]?.key ?? ''];
}

/** A ZIP archive of one entry that says what it is told to say of its size. */
function zipOf(name: string, content: Buffer, saysBytes = content.length, copies = 1): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(saysBytes, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(saysBytes, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(copies, 10);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  const entries = Array.from({ length: copies }, () => [entry, Buffer.from(name)]).flat();
  return Buffer.concat([local, Buffer.from(name), packed, ...entries, end]);
}

describe('a table that people made', () => {
  it('is found under merged titles, beside a note, on the second sheet', async () => {
    const { rows } = await read(
      { rows: [['填表说明'], ['请勿改动表头']] },
      {
        rows: [
          ['绿苑社区志愿者'],
          ['制表：张三'],
          HEADER,
          ['王秀英', '13812345678', 4, null, null],
          [null],
          ['以上共 1 户'],
        ],
        merges: [0, 1, 5].map((row) => ({ startRow: row, endRow: row, startCol: 0, endCol: 4 })),
      },
    );
    expect(rows).toEqual([
      { row: 4, values: { name: '王秀英', phone: '13812345678', people: 4, day: null, minutes: null } },
    ]);
  });

  it('may have its columns in any order, spaced, starred, full-width or under another name', async () => {
    const { rows, missingColumns } = await read({
      rows: [
        ['备注', '　人 数：', '* 联系电话', '姓　名*'],
        ['x', 4, '139', '王'],
      ],
    });
    expect(rows[0]?.values).toEqual({ name: '王', phone: '139', people: 4 });
    expect(missingColumns).toEqual(['day', 'minutes']);
  });

  it('has one value for rows that are merged', async () => {
    const { rows } = await read({
      rows: [HEADER, ['王', '1', 1], [null, '2', 2], [null, '3', 3], ['李', '4', 4]],
      merges: [{ startRow: 1, endRow: 3, startCol: 0, endCol: 0 }],
    });
    expect(rows.map(({ values }) => values.name)).toEqual(['王', '王', '王', '李']);
  });

  it('may have empty rows between', async () => {
    const { rows } = await read({ rows: [HEADER, ['王'], [], [' ', null], ['李']] });
    expect(rows.map(({ row }) => row)).toEqual([2, 5]);
  });

  it('saved by LibreOffice is read as it was written', async () => {
    const bytes = await readFile(new URL('saved-by-libreoffice.xlsx', import.meta.url));
    const result = await readWorkbook(bytes, COLUMNS);
    expect(result).toEqual({
      ok: true,
      faults: [],
      missingColumns: [],
      rows: [
        { row: 3, values: { name: '王秀英', phone: '13812345678', people: 4, day: '2026-06-05', minutes: 90 } },
        { row: 4, values: { name: '=1+1 _x000D_ 👨‍👩‍👧', phone: '007', people: null, day: null, minutes: 0 } },
      ],
    });
  });
});

describe('a cell that people filled in', () => {
  it.each([
    ['a phone typed as a number', 1, 13812345678, '13812345678'],
    ['a number typed as text', 2, ' 1,200 ', 1200],
    ['full-width digits', 2, '１２', 12],
    ['a number with a unit', 2, '4人', 'number-expected'],
    ['a word for a number', 2, '四', 'number-expected'],
    ['a day with slashes', 3, '2026/6/5', '2026-06-05'],
    ['a day with words', 3, '2026年6月5日', '2026-06-05'],
    ['a day with points', 3, '2026.06.05', '2026-06-05'],
    ['a day in eight digits', 3, '20260605', '2026-06-05'],
    ['a day as a date', 3, new Date('2026-06-05T00:00:00Z'), '2026-06-05'],
    ['a day as a number', 3, 46_178, '2026-06-05'],
    ['a day that does not exist', 3, '2026-02-30', 'date-expected'],
    ['a day without a year', 3, '6月5日', 'date-expected'],
    ['hours and minutes', 4, '1:30', 90],
    ['minutes as text', 4, '90', 90],
    ['half a minute', 4, 1.5, 'minutes-expected'],
    ['minutes below nothing', 4, -5, 'minutes-expected'],
    ['a name that Excel made a day of', 1, new Date('2026-03-02T00:00:00Z'), 'turned-into-date'],
    ['an ID number that lost its end', 1, Number('65230119620305123'), 'digits-lost'],
    ['a formula that failed', 2, '#N/A', 'formula-failed'],
    ['a truth', 2, true, 'number-expected'],
    ['spaces around a name', 1, '　王 ', '王'],
    ['hidden characters in a name', 1, '王\u202e\u200b秀', '王秀'],
  ])('with %s', async (_, column, cell, expected) => {
    expect(await readOne(column, cell)).toBe(expected);
  });

  it('with a time of the clock for minutes', async () => {
    expect(await readOne(4, 1.5 / 24, { numFmt: 'h:mm' })).toBe(90);
    expect(await readOne(4, 26.5 / 24, { numFmt: '[h]:mm' })).toBe(1_590);
  });

  it('is named by its row in the program and its column', async () => {
    const { faults, rows } = await read({ rows: [['标题'], HEADER, ['王', '1', '多']] });
    expect(faults).toEqual([{ row: 3, column: 'people', code: 'number-expected' }]);
    expect(rows[0]?.values).toEqual({ name: '王', phone: '1', people: null, day: null, minutes: null });
  });
});

describe('a file that is no table', () => {
  const why = async (bytes: Uint8Array) => {
    const result = await readWorkbook(bytes, COLUMNS);
    return result.ok ? 'read' : result.why;
  };

  it('is refused with the reason', async () => {
    expect(await why(new Uint8Array())).toBe('not-xlsx');
    expect(await why(Buffer.from('姓名,手机号\n王,1'))).toBe('not-xlsx');
    expect(await why(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-or-locked');
    expect(await why(zipOf('readme.txt', Buffer.from('hello')))).toBe('broken');
    expect(await why(await fileOf({ rows: [['a', 'b']] }))).toBe('no-header');
    expect(await why(Buffer.alloc(20 * 1024 * 1024 + 1))).toBe('too-large');
  });

  it('is refused before it unpacks to more than it may', async () => {
    const bomb = Buffer.alloc(1_000_000);
    expect(await why(zipOf('xl/workbook.xml', bomb, 4_000_000_000))).toBe('too-large');
    expect(await why(zipOf('xl/workbook.xml', bomb, 1_000_000, 100))).toBe('too-large');
    expect(await why(zipOf('[Content_Types].xml', bomb, 10))).toBe('broken');
    expect(await why(zipOf('[Content_Types].xml', bomb, 0))).toBe('broken');
  });

  it('is refused with more rows than can be looked through', async () => {
    const rows = Array.from({ length: 50_001 }, () => ['王', '1']);
    expect(await why(await fileOf({ rows: [HEADER, ...rows] }))).toBe('too-many-rows');
  });

  it('with one cell in the far corner costs nothing', async () => {
    const cells = new Map([['1048575,16383', { value: 'x' }]]);
    const bytes = await fileOf({ rows: [HEADER, ['王']], cells });
    const took = await threadTimeOf(async () =>
      expect(['read', 'broken', 'too-many-rows']).toContain(await why(bytes)),
    );
    expect(took).toBeLessThan(2_000);
  });

  it('never makes it throw, whatever its bytes', async () => {
    const whole = await writeWorkbook([
      { name: '表', columns: COLUMNS, rows: [{ name: '王', phone: '1', people: 1 }] },
    ]);
    const damaged = fc.oneof(
      fc.nat(whole.length).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('PK\x03\x04'), tail])),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      }),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        expect(typeof (await readWorkbook(bytes, COLUMNS)).ok).toBe('boolean');
      }),
      { numRuns: 1_000 },
    );
    expect(await why(randomBytes(100_000))).toBe('not-xlsx');
  });

  it('never makes it throw, whatever stands in its parts', async () => {
    const xml = fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '/',
        'sst',
        'si',
        't',
        '&',
        '#0;',
        'sheetData',
        ' r="A1"',
        '"',
        '<!ENTITY',
        ']]>',
        'c',
        'v',
        '1e999',
      ),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        xml,
        fc.constantFrom('[Content_Types].xml', 'xl/workbook.xml', '_rels/.rels'),
        async (text, name) => {
          expect(await why(zipOf(name, Buffer.from(text)))).toBe('broken');
        },
      ),
      { numRuns: 200 },
    );
  });
});
