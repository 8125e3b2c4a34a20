/** What an activity must be before residents are asked to come: checked the same for the page and for a file of rows. */
import { graphemeLength } from '../../lib/text.ts';
import type { Activity, Shift } from '../../model/activity.ts';

/** What a worker filled in. A shift with an id is one that stands already. */
export interface ActivityDraft extends Pick<Activity, 'title' | 'place' | 'details' | 'insured'> {
  /** Empty where nothing can happen to anybody. */
  readonly risk: string;
  readonly shifts: readonly ShiftDraft[];
}

export interface ShiftDraft extends Pick<Shift, 'startsAt' | 'endsAt' | 'capacity'> {
  readonly id?: string | undefined;
}

const ACTIVITY_FAULTS = [
  'title-missing',
  'title-too-long',
  'place-missing',
  'place-too-long',
  'details-too-long',
  'risk-too-long',
  'risk-without-insurance',
  'no-shift',
  'too-many-shifts',
  'shift-ends-before-start',
  'shift-too-long',
  'shift-in-the-past',
  'shift-too-far-ahead',
  'capacity-not-possible',
  'capacity-below-taken',
  'shift-unknown',
  'shift-has-sign-ups',
] as const;

export interface ActivityFault {
  readonly why: (typeof ACTIVITY_FAULTS)[number];
  /** Which of the shifts, counted from 0. */
  readonly shift?: number;
  /** The figure that stands against it. */
  readonly limit?: number;
}

// An answer in a group is 60 characters at most, and the day needs its share.
const LONGEST_TITLE = 24;
const LONGEST_PLACE = 60;
const LONGEST_DETAILS = 1_000;
const LONGEST_RISK = 300;
const MOST_SHIFTS = 60;
const MOST_PLACES = 10_000;
const HOUR_MS = 60 * 60 * 1000;
const LONGEST_SHIFT_MS = 72 * HOUR_MS;
const FARTHEST_MS = 400 * 24 * HOUR_MS;

/** `standing` are the shifts as they are: one that has begun may stay as it is. */
export function checkActivity(draft: ActivityDraft, standing: readonly Shift[], now: Date): ActivityFault[] {
  return [...checkWords(draft), ...draft.shifts.flatMap((shift, index) => checkShift(shift, index, standing, now))];
}

function checkWords(draft: ActivityDraft): ActivityFault[] {
  const faults: ActivityFault[] = [];
  if (draft.title.trim() === '') faults.push({ why: 'title-missing' });
  if (graphemeLength(draft.title) > LONGEST_TITLE) faults.push({ why: 'title-too-long', limit: LONGEST_TITLE });
  if (draft.place.trim() === '') faults.push({ why: 'place-missing' });
  if (graphemeLength(draft.place) > LONGEST_PLACE) faults.push({ why: 'place-too-long', limit: LONGEST_PLACE });
  if (graphemeLength(draft.details) > LONGEST_DETAILS) faults.push({ why: 'details-too-long', limit: LONGEST_DETAILS });
  if (graphemeLength(draft.risk) > LONGEST_RISK) faults.push({ why: 'risk-too-long', limit: LONGEST_RISK });
  // Volunteers are insured before an activity with bodily danger (志愿服务条例 §17).
  if (draft.risk.trim() !== '' && !draft.insured) faults.push({ why: 'risk-without-insurance' });
  if (draft.shifts.length === 0) faults.push({ why: 'no-shift' });
  if (draft.shifts.length > MOST_SHIFTS) faults.push({ why: 'too-many-shifts', limit: MOST_SHIFTS });
  return faults;
}

function checkShift(draft: ShiftDraft, shift: number, standing: readonly Shift[], now: Date): ActivityFault[] {
  const before = draft.id === undefined ? undefined : standing.find(({ id }) => id === draft.id);
  if (draft.id !== undefined && before === undefined) return [{ why: 'shift-unknown', shift }];
  const faults: ActivityFault[] = [];
  const { startsAt, endsAt, capacity } = draft;
  if (endsAt <= startsAt) faults.push({ why: 'shift-ends-before-start', shift });
  else if (endsAt.getTime() - startsAt.getTime() > LONGEST_SHIFT_MS) faults.push({ why: 'shift-too-long', shift });
  const isKept = before !== undefined && before.startsAt.getTime() === startsAt.getTime();
  if (!isKept && startsAt <= now) faults.push({ why: 'shift-in-the-past', shift });
  if (startsAt.getTime() - now.getTime() > FARTHEST_MS) faults.push({ why: 'shift-too-far-ahead', shift });
  if (capacity === null) return faults;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST_PLACES) {
    faults.push({ why: 'capacity-not-possible', shift, limit: MOST_PLACES });
  } else if (before !== undefined && capacity < before.taken) {
    faults.push({ why: 'capacity-below-taken', shift, limit: before.taken });
  }
  return faults;
}
