/** Days whose date is announced each year: the committee is asked ahead of their season and enters what was announced. */
import { daysOf } from '../../content/calendar-rules.ts';
import { addDays, daysBetween, localDate } from '../../lib/zoned-time.ts';
import type { AnnouncedDays, CalendarEvent } from '../../model/calendar-event.ts';
import type { Community } from '../../model/community.ts';
import { listAnnouncedDays, putAnnouncedDays } from '../../store/announced-days-table.ts';
import { openTaskOnce, wasEverAsked } from '../../store/asked-task-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import type { Transaction } from '../../store/store.ts';
import { findOpenTask, settleTask } from '../../store/task-table.ts';
import { type TipContent, wordsOf } from './tips-parts.ts';
import { isTimeToAsk } from './tips-rules.ts';
import { say } from './tips-texts.ts';

/** A task for each day of the calendar that only a person can date, once a year; gives how many are new. */
export async function askForDays(
  tx: Transaction,
  content: TipContent,
  community: Community,
  now: Date,
): Promise<number> {
  const today = localDate(now, community.settings.zone);
  const year = Number(today.slice(0, 4));
  const announced = await listAnnouncedDays(tx, community.id, year);
  let asked = 0;
  for (const event of content.calendar) {
    if (!isTimeToAsk(event, Number(today.slice(5, 7)))) continue;
    if (!needsAnnouncement(event, year, community.settings.province, announced)) continue;
    const subjectId = subjectOf(event.id, year);
    if (await wasEverAsked(tx, community.id, 'days-to-confirm', subjectId)) continue;
    const text = wordsOf(content, community, say('days.ask-task', { event: event.name, year }));
    const task = { communityId: community.id, kind: 'days-to-confirm', subjectId, text, now } as const;
    if ((await openTaskOnce(tx, task)).isNew) asked += 1;
  }
  return asked;
}

export interface ConfirmedDays {
  readonly communityId: string;
  readonly eventId: string;
  readonly year: number;
  /** Calendar dates, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  /** Where it was announced. */
  readonly source: string;
  readonly staffId: string | null;
  readonly now: Date;
}

export type ConfirmResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'unknown-event' | 'not-a-date' | 'other-year' | 'backwards' | 'too-long' };

/** The longest is a month that is announced as a whole. */
const LONGEST_DAYS = 31;

/** Keeps what was announced and settles the task that asked for it. */
export async function confirmDays(
  tx: Transaction,
  content: Pick<TipContent, 'calendar'>,
  days: ConfirmedDays,
): Promise<ConfirmResult> {
  const why = faultOf(content, days);
  if (why !== null) return { ok: false, why };
  const { communityId, staffId, now, eventId, year } = days;
  await putAnnouncedDays(tx, days);
  const subjectId = subjectOf(eventId, year);
  const task = await findOpenTask(tx, communityId, 'days-to-confirm', subjectId);
  if (task !== null) await settleTask(tx, task, { answer: `${days.from} ${days.to}`, by: staffId, now });
  const detail = { year, from: days.from, to: days.to };
  await appendAudit(tx, { communityId, staffId, action: 'days.confirm', subjectId: eventId, detail, at: now });
  return { ok: true };
}

/** The event and year a `days-to-confirm` task is about; null for any other subject. */
export function readDaysSubject(subjectId: string): { readonly eventId: string; readonly year: number } | null {
  const match = /^(?<event>.+):(?<year>\d{4})$/.exec(subjectId);
  const { event, year } = match?.groups ?? {};
  return event === undefined || year === undefined ? null : { eventId: event, year: Number(year) };
}

function subjectOf(eventId: string, year: number): string {
  return `${eventId}:${year}`;
}

/** What a rule works out, or follows from another day, is not asked. */
function needsAnnouncement(
  event: CalendarEvent,
  year: number,
  region: string,
  announced: readonly AnnouncedDays[],
): boolean {
  if (event.rule.type === 'announced') return daysOf(event, year, region, announced) === 'ask';
  // Sources differ on regional days, so they count as unsure and are off; a person on the spot can know.
  if (event.rule.type !== 'regional' || !event.regions.includes(region)) return false;
  return typeof daysOf(event, year, region, announced) === 'string';
}

function faultOf({ calendar }: Pick<TipContent, 'calendar'>, days: ConfirmedDays) {
  if (!calendar.some(({ id }) => id === days.eventId)) return 'unknown-event';
  if (!isDate(days.from) || !isDate(days.to)) return 'not-a-date';
  if (Number(days.from.slice(0, 4)) !== days.year) return 'other-year';
  const length = daysBetween(days.from, days.to) + 1;
  if (length < 1) return 'backwards';
  return length > LONGEST_DAYS ? 'too-long' : null;
}

function isDate(day: string): boolean {
  try {
    return addDays(day, 0) === day;
  } catch {
    return false;
  }
}
