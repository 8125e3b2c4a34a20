/** Pledges as tables: what comes in from Excel, row by row, and what goes out to whom. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { readStanding } from '../../src/features/pledges/standing-service.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { type Answer, type Office, openOffice, PASSWORD, START, type Visitor, visitorOf } from './admin-harness.ts';
import { type Header, type PaperRow, paperFile, pledgeAt } from './pledges-stage.ts';

let office: Office;
let worker: Visitor;

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('worker', 'worker');
  worker = visitorOf(office.site);
  await worker.signIn('worker');
});
afterEach(() => office.close());

const GOOD: PaperRow = { building: '3号楼', unit: '2', room: '501', people: '4口', habits: '光盘、节水' };
const upload = async (rows: readonly PaperRow[], headers?: readonly Header[]) =>
  worker.post('/admin/pledges/paper', { file: await paperFile(rows, headers) });
const pledged = async () => {
  const standing = await office.store.read((tx) => readStanding(tx, office.community, START));
  return standing.whole.households;
};

const FULL = [
  { key: 'building', header: '楼栋', kind: 'text' },
  { key: 'unit', header: '单元', kind: 'text' },
  { key: 'room', header: '室', kind: 'text' },
  { key: 'people', header: '人口', kind: 'text' },
  { key: 'habits', header: '承诺', kind: 'text' },
  { key: 'reason', header: '要改什么', kind: 'text' },
] as const;

async function sheetOf(answer: Answer, columns = FULL) {
  const read = await readWorkbook(answer.bytes, columns);
  if (!read.ok) throw new Error(read.why);
  return read;
}

/** What a browser would send back of the rows on a page. */
function rowsOn({ text }: Answer): Record<string, string[]> {
  const form = text.slice(text.indexOf('/admin/pledges/paper-rows'));
  const fields: Record<string, string[]> = {};
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1] ?? '';
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    fields[name] = [...(fields[name] ?? []), value.replaceAll('&lt;', '<').replaceAll('&gt;', '>')];
  }
  return fields;
}

describe('a table of paper pledges', () => {
  it('is taken in whole where every row is good, and the second time changes nothing', async () => {
    const rows = [GOOD, { ...GOOD, room: '502', habits: '垃圾分类' }];
    expect((await upload(rows)).location).toBe('/admin/pledges');
    expect((await worker.get('/admin/pledges')).text).toContain('2 户都录好了：新记 2，合并 0，早就有 0');
    await upload(rows);
    expect((await worker.get('/admin/pledges')).text).toContain('新记 0，合并 0，早就有 2');
    expect(await pledged()).toBe(2);
  });

  it('gives back what did not fit, with the reason beside the cell, and takes the rest', async () => {
    const answer = await upload([
      GOOD,
      { ...GOOD, room: null },
      { ...GOOD, room: '503', habits: '不吃<b>米饭</b>' },
      { ...GOOD, room: '504', people: '三百' },
      { ...GOOD, building: null, room: '505' },
      { ...GOOD, room: '506', habits: null },
    ]);
    expect(answer.status).toBe(422);
    expect(await pledged()).toBe(1);
    expect(answer.text).toContain('1 户录好了');
    expect(answer.text).toContain('还有 5 行要改');
    for (const reason of ['没写室', '没有这个习惯：', '人口看不懂：三百', '没写楼栋', '没写承诺什么']) {
      expect(answer.text).toContain(reason);
    }
    expect(answer.text).toContain('id="row1-habits-fault"');
    expect(answer.text).not.toContain('<b>米饭');
    expect(rowsOn(answer).line).toEqual(['3', '4', '5', '6', '7']);
  });

  it('is put right on the page', async () => {
    const answer = await upload([
      { ...GOOD, room: null },
      { ...GOOD, room: '503', habits: '不吃米饭' },
    ]);
    const rows = rowsOn(answer);
    const again = await worker.post('/admin/pledges/paper-rows', { ...rows, room: ['501', '503'] });
    expect(again.text).toContain('还有 1 行要改');
    expect(rowsOn(again)).toMatchObject({ line: ['3'], room: ['503'], habits: ['不吃米饭'] });
    const last = await worker.post('/admin/pledges/paper-rows', { ...rowsOn(again), habits: ['光盘'] });
    expect(last.location).toBe('/admin/pledges');
    expect(await pledged()).toBe(2);
  });

  it('shows thirty rows to put right at once and keeps all the others', async () => {
    const answer = await upload(Array.from({ length: 45 }, (_, n) => ({ ...GOOD, room: `R${n}`, habits: '不吃米饭' })));
    expect(answer.text.match(/<h3>/g)).toHaveLength(30);
    const rows = rowsOn(answer);
    expect(rows.room).toHaveLength(45);
    const fixed = (rows.habits ?? []).map((habit, index) => (index < 30 ? '光盘' : habit));
    const again = await worker.post('/admin/pledges/paper-rows', { ...rows, habits: fixed });
    expect(rowsOn(again).room).toEqual(Array.from({ length: 15 }, (_, n) => `R${n + 30}`));
    expect(await pledged()).toBe(30);
  });

  it('is put right in Excel, from a table of what was left with the reasons in it', async () => {
    const answer = await upload([GOOD, { ...GOOD, room: '503', habits: '=1+1' }]);
    const table = await worker.post('/admin/pledges/paper-rows', { ...rowsOn(answer), do: 'download' });
    const { rows } = await sheetOf(table);
    expect(rows.map(({ values }) => values)).toEqual([
      { building: '3号楼', unit: '2', room: '503', people: '4口', habits: '=1+1', reason: '没有这个习惯：=1+1' },
    ]);
    const file = new File([new Uint8Array(table.bytes)], '要改的.xlsx');
    expect((await worker.post('/admin/pledges/paper', { file })).text).toContain('没有这个习惯');
  });

  it('keeps a row back where Excel made a day of a room', async () => {
    const columns = [
      ['building', '楼栋', 'text'],
      ['room', '室', 'date'],
      ['habits', '承诺', 'text'],
    ] as const;
    const answer = await worker.post('/admin/pledges/paper', {
      file: await paperFile([{ building: '3', room: '2026-03-02', habits: '光盘' }], columns),
    });
    expect(answer.text).toContain('“室”这一格被 Excel 改坏了');
    expect(await pledged()).toBe(0);
  });

  it.each([
    ['no file', null, '还没有选文件'],
    ['a text', 'hello', '这不是 Excel 表'],
    ['half a file', 'PK\u0003\u0004half', '打不开'],
  ])('says what to do with %s', async (_, content, said) => {
    const fields: Record<string, File> = content === null ? {} : { file: new File([content], 'a.xlsx') };
    const answer = await worker.post('/admin/pledges/paper', fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    expect(answer.text).toContain('id="paper-fault"');
  });

  it('names the columns that are missing', async () => {
    const answer = await upload(
      [{ building: '3', people: 2 }],
      [
        ['building', '楼栋', 'text'],
        ['people', '人口', 'text'],
      ],
    );
    expect(answer.text).toContain('少了这几列：室、承诺');
    expect((await upload([])).text).toContain('还没有填');
  });

  it('begins as an empty one that a reader of tables understands, with every habit to copy', async () => {
    const answer = await worker.get('/admin/pledges/paper-template');
    const { missingColumns, rows } = await sheetOf(answer);
    expect(missingColumns).toEqual(['reason']);
    expect(rows).toEqual([]);
    const habits = await readWorkbook(answer.bytes, [
      { key: 'kind', header: '类别', kind: 'text' },
      { key: 'habit', header: '承诺', kind: 'text' },
    ]);
    const named = office.content.habits.map(({ title }) => title);
    expect(habits.ok && habits.rows.map(({ values }) => values.habit)).toEqual(named);
    const filled = named.map((title, index) => ({ ...GOOD, room: String(index), habits: title }));
    expect((await upload(filled)).location).toBe('/admin/pledges');
  });

  it('is nothing for somebody who only reads', async () => {
    await office.addStaff('viewer', 'viewer');
    const viewer = visitorOf(office.site);
    await viewer.signIn('viewer', PASSWORD);
    for (const path of ['paper', 'paper-template', 'new', 'doors']) {
      expect((await viewer.get(`/admin/pledges/${path}`)).status).toBe(403);
    }
    expect((await viewer.post('/admin/pledges/paper', { file: await paperFile([GOOD]) })).status).toBe(403);
    expect((await viewer.post('/admin/pledges/file', { reason: '看看' })).status).toBe(403);
    const { text } = await viewer.get('/admin/pledges');
    for (const path of ['new', 'paper', 'doors', 'find']) expect(text).not.toContain(`/admin/pledges/${path}`);
    expect(await pledged()).toBe(0);
  });
});

describe('the table of pledges', () => {
  const audits = async () => {
    const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 9 }));
    return rows.filter(({ action }) => action === 'pledge.export').map(({ detail, reason }) => ({ ...detail, reason }));
  };

  it('goes out without doors, unless for a reason', async () => {
    await pledgeAt(office, { building: '3', unit: '2', room: '501' }, { people: 4 });
    await pledgeAt(office, { building: '1', unit: '1', room: '101' });
    const masked = await sheetOf(await worker.get('/admin/pledges/file'));
    expect(masked.missingColumns).toEqual(['unit', 'room', 'reason']);
    expect(masked.rows.map(({ values }) => values.building)).toEqual(['1', '3']);
    const refused = await worker.post('/admin/pledges/file', { reason: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="full-reason-fault"');
    const full = await sheetOf(await worker.post('/admin/pledges/file', { reason: '区里核对' }));
    expect(full.rows.map(({ values }) => values)).toEqual([
      { building: '1', unit: '1', room: '101', people: null, habits: '光盘不剩饭、洗漱间隙关龙头' },
      { building: '3', unit: '2', room: '501', people: '4', habits: '光盘不剩饭、洗漱间隙关龙头' },
    ]);
    expect(await audits()).toEqual([
      { full: true, reason: '区里核对' },
      { full: false, reason: undefined },
    ]);
  });
});
