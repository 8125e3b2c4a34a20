import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsvTable } from '../../src/content/csv-table.ts';
import type { ContentFault } from '../../src/model/content-fault.ts';

function read(text: string, columns: readonly string[] = ['id', 'name']) {
  const faults: ContentFault[] = [];
  return { table: parseCsvTable('data/x.csv', text, columns, faults), faults };
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

describe('a table', () => {
  test('is read as Excel saves it: BOM, CRLF, quotes, breaks inside cells, rows without anything', () => {
    const { table, faults } = read('\uFEFFid,name\r\n1,"a\r\nb"\r\n\r\n2,"说""好"""\r\n,\r\n3,c\r\n');
    expect(faults).toEqual([]);
    expect(table.rows).toEqual([
      { line: 2, cells: { id: '1', name: 'a\nb' } },
      { line: 5, cells: { id: '2', name: '说"好"' } },
      { line: 7, cells: { id: '3', name: 'c' } },
    ]);
  });

  test('keeps an editor’s extra column and fills short rows', () => {
    const { table, faults } = read('id,name,备注\n1,a,看看\n2\n');
    expect(faults).toEqual([]);
    expect(table.rows.map((row) => row.cells)).toEqual([
      { id: '1', name: 'a', 备注: '看看' },
      { id: '2', name: '', 备注: '' },
    ]);
  });

  test('names every column it lacks', () => {
    expect(read('id\n1\n', ['id', 'name', 'class']).faults).toEqual([
      { file: 'data/x.csv', line: 1, column: 'name', code: 'column-missing', detail: { column: 'name' } },
      { file: 'data/x.csv', line: 1, column: 'class', code: 'column-missing', detail: { column: 'class' } },
    ]);
  });

  test('says on which line a quote is broken', () => {
    expect(read('id,name\n1,a\n2,b"c\n').faults).toMatchObject([{ line: 3, code: 'csv-broken' }]);
  });

  test('that is empty says so', () => {
    expect(read('').faults).toMatchObject([{ line: 1, code: 'empty' }]);
  });

  test('gives back whatever was written by RFC 4180, on the right line', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\r\n?/g, '\n').trim());
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), (written, ending, bom) => {
        const lines = written.map(([id, name]) => `${quote(id)},${quote(name)}`);
        const { table, faults } = read(`${bom ? '\uFEFF' : ''}${['id,name', ...lines].join(ending)}${ending}`);
        let line = 2;
        const expected = written.flatMap(([id, name]) => {
          const row = { line, cells: { id, name } };
          line += `${id}${name}`.split('\n').length;
          return id === '' && name === '' ? [] : [row];
        });
        expect(faults).toEqual([]);
        expect(table.rows).toEqual(expected);
      }),
    );
  });
});
