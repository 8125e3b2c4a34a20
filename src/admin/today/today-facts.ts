/** What the page of the day shows, read in one go. */

import { scopeOf } from '../../features/pledges/pledges-rules.ts';
import { counterName } from '../../features/pledges/standing-counter.ts';
import { addDays, instantOf, localDate, weekday } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Chat } from '../../model/chat.ts';
import { listShiftsFrom } from '../../store/activity-table.ts';
import { listAskers } from '../../store/asked-task-table.ts';
import { findChatById, listGroups } from '../../store/chat-table.ts';
import { listAreas } from '../../store/community-table.ts';
import { readCounters, WHOLE_COMMUNITY } from '../../store/counter-table.ts';
import type { Transaction } from '../../store/store.ts';
import { listOpenTasks, type Task } from '../../store/task-table.ts';
import { listTipPostings } from '../../store/tip-table.ts';
import type { Visit } from '../visit.ts';

/** More than this nobody answers in one sitting; the oldest come first. */
const MOST_TASKS = 30;
const MOST_SHIFTS = 300;

export interface WaitingTask extends Task {
  readonly askers: number;
  /** Where it was asked or could not be delivered. */
  readonly chat: Chat | null;
}

export interface TodayFacts {
  readonly tasks: readonly WaitingTask[];
  readonly hasMore: boolean;
  readonly shiftsToday: readonly Shift[];
  /** The tip that went out today. */
  readonly tipId: string | null;
  readonly activeGroups: number;
  /** Groups that take what nobody asked for. */
  readonly tipGroups: number;
  readonly pledged: number;
  /** Households as counted in the areas; `null` where nobody counted. */
  readonly households: number | null;
  readonly signedUpThisWeek: number;
}

export async function readToday(tx: Transaction, { community, now }: Visit): Promise<TodayFacts> {
  const { zone } = community.settings;
  const today = localDate(now, zone);
  const monday = addDays(today, 1 - weekday(today));
  const at = (day: string) => instantOf(day, '00:00', zone);
  const shifts = await listShiftsFrom(tx, community.id, at(monday), MOST_SHIFTS);
  const thisWeek = shifts.filter(({ startsAt, state }) => startsAt < at(addDays(monday, 7)) && state !== 'cancelled');
  const tasks = await listOpenTasks(tx, community.id, MOST_TASKS + 1);
  const groups = (await listGroups(tx, community.id)).filter(({ state }) => state === 'active');
  const [posting] = await listTipPostings(tx, community.id, today);
  return {
    tasks: await Promise.all(tasks.slice(0, MOST_TASKS).map((task) => withAskers(tx, task))),
    hasMore: tasks.length > MOST_TASKS,
    shiftsToday: shifts.filter(({ startsAt }) => localDate(startsAt, zone) === today),
    tipId: posting?.tipId ?? null,
    activeGroups: groups.length,
    tipGroups: groups.filter(({ unaskedStoppedAt }) => unaskedStoppedAt === null).length,
    pledged: await countPledged(tx, community, now),
    households: await countHouseholds(tx, community.id),
    signedUpThisWeek: thisWeek.reduce((sum, { taken }) => sum + taken, 0),
  };
}

async function withAskers(tx: Transaction, task: Task): Promise<WaitingTask> {
  const chat = task.chatId === null ? null : await findChatById(tx, task.chatId);
  return { ...task, chat, askers: (await listAskers(tx, task.id)).length };
}

async function countPledged(tx: Transaction, community: Visit['community'], now: Date): Promise<number> {
  const name = counterName('pledge.households', scopeOf(community, now));
  const counts = await readCounters(tx, community.id, name);
  return counts.find((count) => count.areaId === WHOLE_COMMUNITY && count.name === name)?.value ?? 0;
}

async function countHouseholds(tx: Transaction, communityId: string): Promise<number | null> {
  const counted = (await listAreas(tx, communityId)).flatMap(({ kind, households }) =>
    kind === 'building' && households !== null ? [households.count] : [],
  );
  return counted.length === 0 ? null : counted.reduce((sum, count) => sum + count, 0);
}
