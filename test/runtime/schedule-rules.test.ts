import { afterEach, expect, test } from 'vitest';
import type { Schedule } from '../../src/model/schedule.ts';
import { dueSlots } from '../../src/runtime/schedule-rules.ts';
import { listSchedules, putSchedule } from '../../src/store/schedule-table.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../support/stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

const HOUR_MS = 60 * 60_000;
const hourly: Schedule = {
  id: 'hourly.test',
  communityId: STAGE_COMMUNITY,
  kind: 'hourly',
  cron: '0 * * * *',
  zone: 'Asia/Shanghai',
  policy: 'latest',
  maxLateMs: HOUR_MS,
  enabled: true,
  lastSlot: new Date(STAGE_START.getTime() - HOUR_MS),
};

test('what came due since the last slot runs; a clock a second behind runs nothing twice', () => {
  expect(dueSlots(hourly, STAGE_START)?.run).toEqual([STAGE_START]);
  const ran = { ...hourly, lastSlot: STAGE_START };
  expect(dueSlots(ran, new Date(STAGE_START.getTime() - 1_000))).toBeNull();
});

test('after a clock that ran years ahead the schedule goes on at once, each slot once', async () => {
  let runs = 0;
  const feature = { name: 'hourly', intents: [], texts: {}, act: async () => ({ messages: [] }) };
  const job = async () => {
    runs += 1;
    return { messages: [] };
  };
  stage = await setStage({ features: () => [{ ...feature, jobs: { hourly: job } }] });
  const { store, clock, tick } = stage;
  await store.write((tx) => putSchedule(tx, { ...hourly, lastSlot: new Date('2030-01-01T00:00:00+08:00') }));
  await tick();
  await tick();
  expect(runs).toBe(1);
  const [{ lastSlot } = hourly] = await store.read((tx) => listSchedules(tx, STAGE_COMMUNITY));
  expect(lastSlot).toEqual(STAGE_START);
  clock.set(new Date(STAGE_START.getTime() + HOUR_MS));
  await tick();
  expect(runs).toBe(2);
});
