import { expect, test } from 'vitest';
import type { Schedule } from '../../src/model/schedule.ts';
import { listSchedules, putSchedule } from '../../src/store/schedule-table.ts';
import { openOffice } from '../support/office-stage.ts';
import { STAGE_COMMUNITY } from '../support/stage.ts';

const monday = new Date('2026-11-16T01:00:00Z');
const friday = new Date('2026-11-20T01:00:00Z');
const schedule: Schedule = {
  id: 'tips.weekly.test',
  communityId: STAGE_COMMUNITY,
  kind: 'tips.weekly',
  cron: '30 9 * * 2,5',
  zone: 'Asia/Shanghai',
  policy: 'latest',
  maxLateMs: 1,
  enabled: true,
  lastSlot: monday,
};

test('putting the same schedule again keeps what has been run; new times begin from now', async () => {
  const office = await openOffice();
  const put = (change: Partial<Schedule>) =>
    office.write(async (tx) => {
      await putSchedule(tx, { ...schedule, ...change });
      return (await listSchedules(tx, STAGE_COMMUNITY)).find(({ id }) => id === schedule.id);
    });
  try {
    expect(await put({})).toEqual(schedule);
    expect(await put({ lastSlot: friday })).toEqual(schedule);
    expect(await put({ lastSlot: friday, cron: '0 8 * * 1' })).toMatchObject({ cron: '0 8 * * 1', lastSlot: friday });
    expect(await put({ lastSlot: monday, cron: '0 8 * * 1', enabled: false })).toMatchObject({ lastSlot: friday });
    expect(await put({ lastSlot: monday, cron: '0 8 * * 1' })).toMatchObject({ enabled: true, lastSlot: monday });
  } finally {
    await office.close();
  }
});
