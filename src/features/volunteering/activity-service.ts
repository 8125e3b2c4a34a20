/** Activities as the committee makes, changes and calls them off. Whoever signed up hears of it; who can't be told is listed for a call. */
import type { Activity, Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { ActivityState } from '../../model/records.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import {
  deleteShift,
  findActivity,
  insertActivity,
  insertShift,
  listShiftsOf,
  lockShift,
  setShiftState,
  updateActivity,
  updateShiftPlan,
} from '../../store/activity-table.ts';
import { listAttendees } from '../../store/attendee-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type ActivityDraft, type ActivityFault, checkActivity, type ShiftDraft } from './activity-rules.ts';
import { type AttendeeView, maskedView } from './attendee-view.ts';
import { joinEffects, NO_EFFECTS } from './offer-effects.ts';
import { shiftWords } from './shift-words.ts';
import { hasStarted, newsAt } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';
import { promote, promotionEffects } from './waiting-list-service.ts';

/** Who does it, in which community, when. */
export interface Office {
  readonly community: Community;
  readonly staffId: string | null;
  readonly now: Date;
}

export type ActivityResult =
  | { readonly ok: true; readonly activity: Activity; readonly shifts: readonly Shift[]; readonly news: News }
  | { readonly ok: false; readonly why: 'gone' }
  | { readonly ok: false; readonly why: 'faults'; readonly faults: readonly ActivityFault[] };

interface News {
  readonly effects: Effects;
  /** 没联系上的人: those the bot could not tell, for a phone call. Masked. */
  readonly unreached: readonly AttendeeView[];
}

export async function createActivity(tx: Transaction, draft: ActivityDraft, office: Office): Promise<ActivityResult> {
  const { community, staffId, now } = office;
  const faults = checkActivity(draft, [], now);
  if (faults.length > 0) return { ok: false, why: 'faults', faults };
  const activity = await insertActivity(tx, {
    ...wordsOf(draft),
    communityId: community.id,
    state: 'open',
    createdBy: staffId,
    now,
  });
  const shifts: Shift[] = [];
  for (const plan of draft.shifts) shifts.push(await insertShift(tx, activity, plan));
  await audit(tx, office, 'activity.create', activity.id, { shifts: shifts.length });
  return { ok: true, activity, shifts, news: NO_NEWS };
}

/** Shifts left out of the draft go, if nobody signed up for them. */
export async function editActivity(
  tx: Transaction,
  activityId: string,
  draft: ActivityDraft,
  office: Office,
): Promise<ActivityResult> {
  const { community, now } = office;
  const before = await findActivity(tx, community.id, activityId);
  if (before === null || before.state === 'cancelled') return { ok: false, why: 'gone' };
  const standing = await lockShifts(tx, community.id, activityId);
  const dropped = standing.filter(({ id }) => draft.shifts.every((shift) => shift.id !== id));
  const faults = [...checkActivity(draft, standing, now), ...(await checkDropped(tx, dropped))];
  if (faults.length > 0) return { ok: false, why: 'faults', faults };
  const activity: Activity = { ...before, ...wordsOf(draft) };
  await updateActivity(tx, activity);
  for (const { id } of dropped) await deleteShift(tx, id);
  const changes: News[] = [];
  for (const plan of draft.shifts) {
    const old = standing.find(({ id }) => id === plan.id);
    if (old === undefined) await insertShift(tx, activity, plan);
    else changes.push(await changeShift(tx, old, { ...plan, activity }, office));
  }
  await audit(tx, office, 'activity.edit', activityId, { shifts: draft.shifts.length });
  const shifts = await listShiftsOf(tx, community.id, activityId);
  return { ok: true, activity, shifts, news: allNews(changes) };
}

/** `closed` takes no new sign-ups; who waits still moves up. What is called off stays so: people have been told. */
export async function setActivityOpen(
  tx: Transaction,
  activityId: string,
  isOpen: boolean,
  office: Office,
): Promise<ActivityResult> {
  const activity = await findActivity(tx, office.community.id, activityId);
  if (activity === null || activity.state === 'cancelled') return { ok: false, why: 'gone' };
  const state: ActivityState = isOpen ? 'open' : 'closed';
  await updateActivity(tx, { ...activity, state });
  for (const shift of await lockShifts(tx, activity.communityId, activityId)) {
    if (shift.state !== 'cancelled') await setShiftState(tx, shift.id, state);
  }
  await audit(tx, office, isOpen ? 'activity.reopen' : 'activity.close', activityId);
  const shifts = await listShiftsOf(tx, activity.communityId, activityId);
  return { ok: true, activity: { ...activity, state }, shifts, news: NO_NEWS };
}

/** Calls off what is still ahead of it and tells exactly those who signed up, and why where a reason is given. */
export async function callOffActivity(
  tx: Transaction,
  activityId: string,
  office: Office,
  reason = '',
): Promise<ActivityResult> {
  const activity = await findActivity(tx, office.community.id, activityId);
  if (activity === null || activity.state === 'cancelled') return { ok: false, why: 'gone' };
  const news: News[] = [];
  for (const shift of await lockShifts(tx, activity.communityId, activityId)) {
    if (shift.state !== 'cancelled' && !hasStarted(shift, office.now))
      news.push(await callOff(tx, shift, office, reason));
  }
  await updateActivity(tx, { ...activity, state: 'cancelled' });
  await audit(tx, office, 'activity.call-off', activityId);
  const shifts = await listShiftsOf(tx, activity.communityId, activityId);
  return { ok: true, activity: { ...activity, state: 'cancelled' }, shifts, news: allNews(news) };
}

export type CallOffResult =
  | { readonly ok: true; readonly news: News }
  | { readonly ok: false; readonly why: 'gone' | 'past' };

/** One shift of several; the others take place. */
export async function callOffShift(
  tx: Transaction,
  shiftId: string,
  office: Office,
  reason = '',
): Promise<CallOffResult> {
  const shift = await lockShift(tx, office.community.id, shiftId);
  if (shift === null || shift.state === 'cancelled') return { ok: false, why: 'gone' };
  if (hasStarted(shift, office.now)) return { ok: false, why: 'past' };
  const news = await callOff(tx, shift, office, reason);
  await audit(tx, office, 'shift.call-off', shiftId);
  return { ok: true, news };
}

async function callOff(tx: Transaction, shift: Shift, office: Office, reason: string): Promise<News> {
  await setShiftState(tx, shift.id, 'cancelled');
  const { title, day, time } = shiftWords(shift, office.community, office.now);
  const said =
    reason === ''
      ? say('activity.called-off', { title, day, time })
      : say('activity.called-off-because', { title, day, time, reason });
  return tell(tx, shift, { said, before: shift.startsAt }, office);
}

async function changeShift(
  tx: Transaction,
  old: Shift,
  { activity, startsAt, endsAt, capacity }: ShiftDraft & { readonly activity: Activity },
  office: Office,
): Promise<News> {
  const isMoved = old.startsAt.getTime() !== startsAt.getTime();
  const isOther = isMoved || old.endsAt.getTime() !== endsAt.getTime() || old.place !== activity.place;
  const { title, place } = activity;
  const reminded = isMoved ? 'none' : old.reminded;
  const shift: Shift = { ...old, startsAt, endsAt, capacity, title, place, reminded };
  await updateShiftPlan(tx, shift);
  if (shift.state === 'cancelled' || hasStarted(shift, office.now)) return NO_NEWS;
  const { community, now } = office;
  // Told before anybody is offered a place, so that nobody hears both.
  const said = say('activity.moved', shiftWords(shift, community, now));
  const before = startsAt < old.startsAt ? startsAt : old.startsAt;
  const told = isOther ? await tell(tx, shift, { said, before }, office) : NO_NEWS;
  const promoted = await promote(tx, shift, community, now);
  return { ...told, effects: joinEffects(told.effects, promotionEffects(promoted, community, now)) };
}

/**
 * Those who come, those a place is held for and those who wait, and nobody else. It is a reminder, not a notice:
 * they asked for this activity, so it reaches them also when they want nothing unasked.
 */
async function tell(tx: Transaction, shift: Shift, { said, before }: Telling, office: Office): Promise<News> {
  const { community, now } = office;
  const attendees = await listAttendees(tx, community.id, shift.id);
  const runAt = newsAt(before, now, community.settings);
  const unreached = attendees.filter(({ privateChatId }) => privateChatId === null);
  const messages = attendees.flatMap(({ privateChatId }): Outgoing[] =>
    privateChatId === null
      ? []
      : [{ to: { chatId: privateChatId }, said, kind: 'reminder', runAt, notAfter: shift.endsAt, subjectId: shift.id }],
  );
  return { effects: { messages }, unreached: unreached.map(maskedView) };
}

interface Telling {
  readonly said: Saying;
  /** When the first of them would come. */
  readonly before: Date;
}

/** In one order for everybody, so that two who work on the same activity wait for each other instead of blocking. */
async function lockShifts(tx: Transaction, communityId: string, activityId: string): Promise<Shift[]> {
  const seen = await listShiftsOf(tx, communityId, activityId);
  const locked: Shift[] = [];
  for (const id of seen.map((shift) => shift.id).sort()) {
    const shift = await lockShift(tx, communityId, id);
    if (shift !== null) locked.push(shift);
  }
  return locked;
}

async function checkDropped(tx: Transaction, dropped: readonly Shift[]): Promise<ActivityFault[]> {
  const faults: ActivityFault[] = [];
  for (const shift of dropped) {
    const attendees = await listAttendees(tx, shift.communityId, shift.id);
    if (attendees.length > 0) faults.push({ why: 'shift-has-sign-ups', limit: attendees.length });
  }
  return faults;
}

function wordsOf({ title, place, details, risk, insured }: ActivityDraft) {
  return {
    title: title.trim(),
    place: place.trim(),
    details: details.trim(),
    risk: risk.trim() === '' ? null : risk.trim(),
    insured,
  };
}

function audit(
  tx: Transaction,
  { community, staffId, now }: Office,
  action: string,
  subjectId: string,
  detail: Readonly<Record<string, number>> = {},
): Promise<void> {
  return appendAudit(tx, { communityId: community.id, staffId, action, subjectId, detail, at: now });
}

const NO_NEWS: News = { effects: NO_EFFECTS, unreached: [] };

function allNews(news: readonly News[]): News {
  return {
    effects: joinEffects(...news.map(({ effects }) => effects)),
    unreached: news.flatMap(({ unreached }) => unreached),
  };
}
