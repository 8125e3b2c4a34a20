/** What dialogues say about activities: set up, called off, filled at the desk. */
import { expect } from 'vitest';
import { callOffActivity, createActivity, setActivityOpen } from '../../src/features/volunteering/activity-service.ts';
import { addAtDesk } from '../../src/features/volunteering/attendance-service.ts';
import { createVolunteering } from '../../src/features/volunteering/volunteering-feature.ts';
import { syncSchedules } from '../../src/runtime/schedule-sync.ts';
import { findActivity, insertShift, listShiftsFrom } from '../../src/store/activity-table.ts';
import { listOpenTasks } from '../../src/store/task-table.ts';
import type { Stage } from './stage.ts';

export const VOLUNTEER_COMMANDS = { activity, 'call-off': callOff, close, desk, places, shift, taken, task, clockwork };

/** `activity 河边捡垃圾 2026-11-21 09:00-11:00 limit 2`; without `limit` as many as come, and what is to be known may follow. */
async function activity(stage: Stage, rest: string): Promise<void> {
  const [title = '', day = '', hours = '', , limit, details = ''] = rest.split(' ');
  const [from, until] = hours.split('-').map((time) => new Date(`${day}T${time}:00+08:00`));
  if (from === undefined || until === undefined) throw new Error(`no such time: ${rest}`);
  const capacity = limit === undefined ? null : Number(limit);
  const shifts = [{ startsAt: from, endsAt: until, capacity }];
  const draft = { title, place: '南门', details, risk: '', insured: false, shifts };
  const office = await officeOf(stage);
  const result = await stage.store.write((tx) => createActivity(tx, draft, office));
  expect(result).toMatchObject({ ok: true });
}

/** `shift 河边捡垃圾 2026-11-22 09:00-11:00 limit 2`: one more of an activity that is there. */
async function shift(stage: Stage, rest: string): Promise<void> {
  const [title = '', day = '', hours = '', , limit] = rest.split(' ');
  const [startsAt, endsAt] = hours.split('-').map((time) => new Date(`${day}T${time}:00+08:00`));
  if (startsAt === undefined || endsAt === undefined) throw new Error(`no such time: ${rest}`);
  const { activityId } = await shiftNamed(stage, title);
  await stage.store.write(async (tx) => {
    const found = await findActivity(tx, stage.communityId, activityId);
    if (found === null) throw new Error(`no such activity: ${title}`);
    await insertShift(tx, found, { startsAt, endsAt, capacity: limit === undefined ? null : Number(limit) });
  });
}

/** `taken 河边捡垃圾 1 0`: of each of its shifts, the soonest first. */
async function taken(stage: Stage, rest: string): Promise<void> {
  const [title = '', ...counts] = rest.split(' ');
  const shifts = await stage.store.read((tx) => listShiftsFrom(tx, stage.communityId, new Date(0), 50));
  expect(shifts.filter((one) => one.title === title).map((one) => one.taken)).toEqual(counts.map(Number));
}

async function callOff(stage: Stage, title: string): Promise<void> {
  const { activityId } = await shiftNamed(stage, title);
  const office = await officeOf(stage);
  await stage.store.write(async (tx) => {
    const result = await callOffActivity(tx, activityId, office);
    if (!result.ok) throw new Error(result.why);
    await stage.bot.follow(tx, office.community, 'volunteering', result.news.effects);
  });
  stage.bot.dispatcher.nudge();
  await stage.bot.dispatcher.idle();
}

async function close(stage: Stage, title: string): Promise<void> {
  const { activityId } = await shiftNamed(stage, title);
  const office = await officeOf(stage);
  await stage.store.write((tx) => setActivityOpen(tx, activityId, false, office));
}

/** `desk 河边捡垃圾 张大爷 2` */
async function desk(stage: Stage, rest: string): Promise<void> {
  const [title = '', name = '', party = '1'] = rest.split(' ');
  const { id } = await shiftNamed(stage, title);
  const office = await officeOf(stage);
  await stage.store.write((tx) => addAtDesk(tx, id, { name, party: Number(party) }, office));
}

/** `places 河边捡垃圾 taken 1 waiting 0` */
async function places(stage: Stage, rest: string): Promise<void> {
  const [title = '', , taken, , waiting] = rest.split(' ');
  const shift = await shiftNamed(stage, title);
  expect({ taken: shift.taken, waiting: shift.waiting }).toEqual({ taken: Number(taken), waiting: Number(waiting) });
}

/** `task 要带什么（河边捡垃圾）`: the newest question that waits for a person. */
async function task(stage: Stage, text: string): Promise<void> {
  const tasks = await stage.store.read((tx) => listOpenTasks(tx, stage.communityId, 20));
  expect(tasks.map((one) => one.text)).toContain(text);
}

/** The minute ticks of the feature, as a community has them. */
async function clockwork(stage: Stage): Promise<void> {
  // The look at start-up may still be under way, and a tick meanwhile would join it with the time it began with.
  await stage.tick();
  const community = await stage.community();
  await stage.store.write((tx) =>
    syncSchedules(tx, [createVolunteering({ content: () => stage.content })], community, stage.clock.now()),
  );
}

async function officeOf(stage: Stage) {
  return { community: await stage.community(), staffId: 'worker', now: stage.clock.now() };
}

async function shiftNamed(stage: Stage, title: string) {
  const shifts = await stage.store.read((tx) => listShiftsFrom(tx, stage.communityId, new Date(0), 50));
  const shift = shifts.find((one) => one.title === title);
  if (shift === undefined) throw new Error(`no such activity: ${title}`);
  return shift;
}
