import { afterEach, beforeEach, expect, test } from 'vitest';
import { askForDays, confirmDays, readDaysSubject } from '../../../src/features/tips/announced-days-service.ts';
import { postTip } from '../../../src/features/tips/tips-service.ts';
import { addDays, instantOf } from '../../../src/lib/zoned-time.ts';
import { listOpenTasks } from '../../../src/store/task-table.ts';
import { listTipPostings } from '../../../src/store/tip-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY } from '../../support/stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const now = instantOf('2027-01-01', '09:00');
const energyWeek = {
  communityId: STAGE_COMMUNITY,
  eventId: 'energy-week',
  year: 2027,
  from: '2027-06-14',
  to: '2027-06-20',
  source: '发改环资〔2027〕1号',
  staffId: 'staff-1',
  now,
};

test('through a year each announced day is asked for once, ahead of its season', async () => {
  const asked: string[] = [];
  for (let month = 1; month <= 12; month += 1) {
    const first = `2027-${String(month).padStart(2, '0')}-01`;
    const before = await openSubjects();
    await office.write((tx) => askForDays(tx, office.content, office.community, instantOf(first, '09:00')));
    const added = (await openSubjects()).filter((subject) => !before.includes(subject));
    asked.push(...added.map((subject) => `${first.slice(0, 7)} ${subject}`));
  }
  expect(asked.toSorted()).toEqual(['2027-03 energy-week:2027', '2027-03 sorting-week:2027', '2027-07 bus-week:2027']);
});

test('a community in a province with regional days is asked for those too', async () => {
  const { settings } = office.community;
  const community = { ...office.community, settings: { ...settings, province: 'xinjiang' } };
  await office.write((tx) => askForDays(tx, office.content, community, now));
  expect(await openSubjects()).toEqual(['bird-week:2027']);
});

test('an announced day is spoken of only after a worker has entered it', async () => {
  await office.group('3号楼群');
  const around = async () => {
    for (let day = '2027-06-12'; day <= '2027-06-20'; day = addDays(day, 1)) {
      const slot = instantOf(day, '09:30');
      await office.write((tx) => postTip(tx, office.content, office.community, { slot, now: slot }));
    }
    const postings = await office.write((tx) => listTipPostings(tx, STAGE_COMMUNITY, '2027-06-12'));
    const events = postings.map(({ tipId }) => office.content.tips.find(({ id }) => id === tipId)?.eventId);
    return events.filter((event) => event === 'energy-week' || event === 'low-carbon-day');
  };
  expect(await around()).toEqual([]);
  await office.close();
  office = await openOffice();
  await office.group('3号楼群');
  expect(await office.write((tx) => confirmDays(tx, office.content, energyWeek))).toEqual({ ok: true });
  expect((await around()).length).toBeGreaterThan(0);
});

test('entering the days settles the task that asked for them', async () => {
  await office.write((tx) => askForDays(tx, office.content, office.community, instantOf('2027-03-01', '09:00')));
  await office.write((tx) => confirmDays(tx, office.content, energyWeek));
  expect(await openSubjects()).toEqual(['sorting-week:2027']);
  expect(readDaysSubject('sorting-week:2027')).toEqual({ eventId: 'sorting-week', year: 2027 });
});

test.each([
  [{ eventId: 'no-such-day' }, 'unknown-event'],
  [{ from: '2027-02-30' }, 'not-a-date'],
  [{ from: '2026-06-14', to: '2026-06-20' }, 'other-year'],
  [{ to: '2027-06-13' }, 'backwards'],
  [{ to: '2027-08-20' }, 'too-long'],
])('days entered as %j are refused: %s', async (change, why) => {
  const result = await office.write((tx) => confirmDays(tx, office.content, { ...energyWeek, ...change }));
  expect(result).toEqual({ ok: false, why });
});

async function openSubjects(): Promise<string[]> {
  const tasks = await office.write((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 50));
  return tasks.map(({ subjectId }) => subjectId ?? '').toSorted();
}
