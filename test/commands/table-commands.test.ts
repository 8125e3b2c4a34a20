/** Tables in and out, as files that Excel and WPS open. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import type { SheetColumn } from '../../src/documents/sheet.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { addAtDesk } from '../../src/features/volunteering/attendance-service.ts';
import { insertActivity, insertShift } from '../../src/store/activity-table.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { findCommunity } from '../../src/store/community-table.ts';
import { runLvlin } from './run-lvlin.ts';
import { SOME_COMMUNITY, type SomeRecords, someRecords } from './some-records.ts';

let records: SomeRecords;
beforeEach(async () => {
  records = await someRecords();
});
afterEach(() => records.remove());

const run = (...args: string[]) => runLvlin(args, { LVLIN_HOME: records.home });

const text = (key: string, header: string): SheetColumn => ({ key, header, kind: 'text' });
const PAPER = [
  text('building', '楼号'),
  text('unit', '单元'),
  text('room', '房号'),
  text('people', '人口'),
  text('habits', '承诺事项'),
];

async function paperList(rows: readonly Record<string, string>[]): Promise<string> {
  const file = join(records.home, '名单.xlsx');
  writeFileSync(file, await writeWorkbook([{ name: '名单', columns: PAPER, rows }]));
  return file;
}

async function rowsOf(folder: string, name: string, headers: readonly string[]): Promise<(string | null)[][]> {
  const file = readdirSync(folder).find((found) => found.startsWith(name)) ?? '';
  const read = await readWorkbook(
    readFileSync(join(folder, file)),
    headers.map((header) => text(header, header)),
  );
  if (!read.ok) throw new Error(read.why);
  return read.rows.map(({ values }) => headers.map((header) => values[header]?.toString() ?? null));
}

describe('a list from paper', () => {
  it('is taken in row by row, with the fate of each beside it', async () => {
    const file = await paperList([
      { building: '3', unit: '2', room: '501', people: '4口人', habits: '垃圾分类、光盘' },
      { building: '3', unit: '2', room: '', people: '2', habits: '垃圾分类' },
      { building: '3', unit: '2', room: '502', people: '2', habits: '养恐龙' },
    ]);
    const ran = await run('import', file, '--as', 'wang');
    expect(ran.code).toBe(3);
    const fates = await rowsOf(records.home, '名单-结果', ['行号', '结果']);
    expect(fates).toEqual([
      ['2', '录进来了'],
      ['3', '没写室'],
      ['4', '没有这个习惯： 养恐龙'],
    ]);
    expect((await run('import', file, '--as', 'wang')).out).toContain('录进 1 行');
  });

  it('is refused with a word about what is wrong with it', async () => {
    const file = join(records.home, 'list.xls');
    writeFileSync(file, 'no table');
    expect((await run('import', file, '--as', 'wang')).err).toContain('.xlsx');
    expect((await run('import', join(records.home, 'nowhere.xlsx'), '--as', 'wang')).err).toContain('nowhere.xlsx');
    expect((await run('import', file, '--as', 'nobody')).err).toContain('nobody');
  });
});

describe('tables that leave the bot', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(records.home, 'out');
    mkdirSync(folder);
    const file = await paperList([{ building: '3', unit: '2', room: '501', people: '4', habits: '光盘' }]);
    expect((await run('import', file, '--as', 'wang')).code).toBe(0);
    await records.write(async (tx) => {
      const community = await findCommunity(tx, SOME_COMMUNITY);
      if (community === null) throw new Error('no community');
      const now = new Date();
      const activity = await insertActivity(tx, {
        communityId: SOME_COMMUNITY,
        title: '=周六捡垃圾',
        place: '南门',
        details: '',
        risk: null,
        insured: false,
        state: 'open',
        createdBy: null,
        now,
      });
      const startsAt = new Date(now.getTime() + 86_400_000);
      const plan = { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), capacity: 10 };
      const shift = await insertShift(tx, activity, plan);
      await addAtDesk(
        tx,
        shift.id,
        { name: '王秀英', party: 2, phone: '13812345678' },
        { community, staffId: null, now },
      );
    });
  });

  it('hide rooms, names and phones', async () => {
    const ran = await run('export', folder, '--as', 'wang');
    expect(ran.code).toBe(0);
    expect(await rowsOf(folder, '承诺', ['楼栋', '室', '人口', '承诺'])).toEqual([
      ['3', null, '4', expect.stringContaining('光盘')],
    ]);
    expect(await rowsOf(folder, '活动', ['活动', '已报人数'])).toEqual([['=周六捡垃圾', '2']]);
    const [[name, phone, party] = []] = await rowsOf(folder, '活动', ['姓名', '电话', '人数']);
    expect([name, phone, party]).toEqual([expect.stringMatching(/^王\*+英$/), expect.stringContaining('*'), '2']);
    expect(readdirSync(folder)).toHaveLength(3);
    expect(ran.out).toContain(folder);
  });

  it('show them for a reason only, which is written down first', async () => {
    expect((await run('export', folder, '--as', 'wang', '--full')).code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
    const ran = await run('export', folder, '--as', 'wang', '--full', '--reason', '街道核对，13912345678');
    expect(ran.code).toBe(0);
    expect(await rowsOf(folder, '承诺', ['楼栋', '单元', '室'])).toEqual([['3', '2', '501']]);
    expect(await rowsOf(folder, '活动', ['姓名', '电话', '人数'])).toEqual([['王秀英', '13812345678', '2']]);
    const entries = await records.write((tx) => listAudit(tx, SOME_COMMUNITY, { limit: 20 }));
    const noted = entries.find(({ action }) => action === 'records.export');
    expect(noted).toMatchObject({ detail: { full: true }, reason: expect.stringContaining('街道核对') });
    expect(JSON.stringify(entries)).not.toContain('13912345678');
  });
});
