/** What the page of the day shows, read in one go. */

import { chatsWaiting } from '../../features/front-desk/front-desk-service.ts';
import { readStanding } from '../../features/pledges/standing-service.ts';
import { listToCall } from '../../features/volunteering/attendance-service.ts';
import { maskName } from '../../lib/person-name.ts';
import { addDays, instantOf, localDate, weekday } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import { BY_HAND } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { listShiftsFrom, openActivityTitles } from '../../store/activity-table.ts';
import { listAskers } from '../../store/asked-task-table.ts';
import { findChatById, listGroups } from '../../store/chat-table.ts';
import { countToForward, type ToForward } from '../../store/forwarding-table.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import { findPerson, readPersonalData } from '../../store/person-table.ts';
import { findLastSaid } from '../../store/said-table.ts';
import type { Transaction } from '../../store/store.ts';
import { findTask, isEmergencyTask, listOpenTasks, type Task } from '../../store/task-table.ts';
import { listTipPostings } from '../../store/tip-table.ts';
import type { Visit } from '../visit.ts';

/** More than this nobody answers in one sitting; emergencies and then the oldest come first. */
const MOST_TASKS = 30;
const MOST_SHIFTS = 300;

/** What the bot had spoken of in that chat just before. */
export const TOPICS = ['shift', 'activity', 'waste', 'pledge', 'tip', 'notice'] as const;
export type Topic = (typeof TOPICS)[number];

export interface WaitingTask extends Task {
  /** Masked; `null` where nobody asked or nothing is known of them. */
  readonly name: string | null;
  readonly building: string | null;
  readonly householdId: string | null;
  readonly topic: Topic | null;
  /** The activity the bot had named there. */
  readonly activity: string | null;
  readonly askers: number;
  /** Where it was asked or could not be delivered. */
  readonly chat: Chat | null;
  /** The groups that would read the answer. */
  readonly groups: readonly string[];
  readonly isEmergency: boolean;
}

/** Who is to be rung, opened for one emergency after that was written down. */
export interface Caller {
  readonly taskId: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly place: HouseholdPlace | null;
}

export interface TodayFacts {
  readonly tasks: readonly WaitingTask[];
  readonly hasMore: boolean;
  readonly toForward: ToForward;
  /** What about lists of #接龙 a person has to decide. */
  readonly chainDoubts: number;
  /** Places held for people whom only a phone call reaches. */
  readonly toCall: number;
  readonly shiftsToday: readonly Shift[];
  /** The tip that went out today. */
  readonly tipId: string | null;
  /** Groups the bot is in. */
  readonly activeGroups: number;
  /** Groups that take what nobody asked for. */
  readonly tipGroups: number;
  readonly pledged: number;
  /** Of how many households, the same as on the page of pledges; `null` where nobody counted all of them. */
  readonly households: number | null;
  readonly signedUpThisWeek: number;
}

export async function readToday(tx: Transaction, { community, now, parts }: Visit): Promise<TodayFacts> {
  const { zone } = community.settings;
  const today = localDate(now, zone);
  const monday = addDays(today, 1 - weekday(today));
  const at = (day: string) => instantOf(day, '00:00', zone);
  const shifts = await listShiftsFrom(tx, community.id, at(monday), MOST_SHIFTS);
  const thisWeek = shifts.filter(({ startsAt, state }) => startsAt < at(addDays(monday, 7)) && state !== 'cancelled');
  const tasks = await listOpenTasks(tx, community.id, MOST_TASKS + 1);
  const groups = (await listGroups(tx, community.id)).filter(({ state }) => state === 'active');
  const { whole } = await readStanding(tx, community, now);
  const [posting] = await listTipPostings(tx, community.id, today);
  return {
    tasks: await waitingTasks(tx, tasks.slice(0, MOST_TASKS), now),
    hasMore: tasks.length > MOST_TASKS,
    toForward: await countToForward(tx, community.id, now),
    chainDoubts: await parts.chains.countDoubts(tx, community),
    toCall: (await listToCall(tx, community)).length,
    shiftsToday: shifts.filter(({ startsAt }) => localDate(startsAt, zone) === today),
    tipId: posting?.tipId ?? null,
    activeGroups: groups.filter(({ channel }) => channel !== BY_HAND).length,
    tipGroups: groups.filter(({ unaskedStoppedAt }) => unaskedStoppedAt === null).length,
    pledged: whole.households,
    households: whole.base?.count ?? null,
    signedUpThisWeek: thisWeek.reduce((sum, { taken }) => sum + taken, 0),
  };
}

/** `null`: it is no emergency, or nobody is known. */
export async function readCaller(tx: Transaction, communityId: string, taskId: string): Promise<Caller | null> {
  const task = await findTask(tx, communityId, taskId);
  if (task === null || task.personId === null || !isEmergencyTask(task)) return null;
  const person = await findPerson(tx, communityId, task.personId);
  const kept = person === null ? null : await readPersonalData(tx, person);
  const household = await findHouseholdOfPerson(tx, task.personId);
  const place = household === null ? null : { ...household.door, building: household.building };
  return { taskId, name: kept?.name ?? null, phone: kept?.phone ?? null, place };
}

async function waitingTasks(tx: Transaction, tasks: readonly Task[], now: Date): Promise<WaitingTask[]> {
  const [first] = tasks;
  if (first === undefined) return [];
  const titles = await openActivityTitles(tx, first.communityId, now);
  return Promise.all(tasks.map((task) => withAskers(tx, task, titles)));
}

async function withAskers(tx: Transaction, task: Task, titles: readonly string[]): Promise<WaitingTask> {
  const chat = task.chatId === null ? null : await findChatById(tx, task.chatId);
  const askers = (await listAskers(tx, task.id)).length;
  const waiting = await chatsWaiting(tx, task);
  const groups = waiting.filter(({ kind }) => kind === 'group').map(({ title }) => title ?? '');
  return {
    ...task,
    chat,
    askers,
    groups,
    isEmergency: isEmergencyTask(task),
    ...(await whoAsked(tx, task)),
    ...(await spokenOf(tx, task, titles)),
  };
}

async function whoAsked(
  tx: Transaction,
  { communityId, personId }: Task,
): Promise<Pick<WaitingTask, 'name' | 'building' | 'householdId'>> {
  const person = personId === null ? null : await findPerson(tx, communityId, personId);
  if (person === null) return { name: null, building: null, householdId: null };
  const name = (await readPersonalData(tx, person))?.name ?? null;
  const household = await findHouseholdOfPerson(tx, person.id);
  return {
    name: name === null ? null : maskName(name),
    building: household?.building ?? null,
    householdId: household?.id ?? null,
  };
}

/** A short question makes sense by what was said before it. */
async function spokenOf(
  tx: Transaction,
  { chatId, createdAt }: Task,
  titles: readonly string[],
): Promise<Pick<WaitingTask, 'topic' | 'activity'>> {
  const said = chatId === null ? null : await findLastSaid(tx, chatId, createdAt);
  if (said === null) return { topic: null, activity: null };
  const topic = TOPICS.find((known) => said.textKey.startsWith(`${known}.`)) ?? null;
  return { topic, activity: titles.find((title) => said.text.includes(title)) ?? null };
}
