/** An activity that volunteers are wanted for, and its shifts: what one signs up for. */
import type { ActivityState } from './records.ts';

export interface Activity {
  readonly id: string;
  readonly communityId: string;
  readonly title: string;
  readonly place: string;
  readonly details: string;
  /** What could happen to those who help; set, it asks for insurance (志愿服务条例 §12, §17). */
  readonly risk: string | null;
  readonly insured: boolean;
  readonly state: ActivityState;
  readonly createdAt: Date;
}

/** Carries the title and place of its activity, because nobody speaks of one without them. */
export interface Shift {
  readonly id: string;
  readonly activityId: string;
  readonly communityId: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** In people; `null` is as many as come. */
  readonly capacity: number | null;
  /** People who have a place, those it is held for included. */
  readonly taken: number;
  /** Sign-ups on the waiting list. */
  readonly waiting: number;
  readonly state: ActivityState;
  readonly reminded: ReminderStage;
}

/** How far the reminders of a shift have gone, in the order they go out. */
const REMINDER_STAGES = ['none', 'day-before', 'hour-before'] as const;
export type ReminderStage = (typeof REMINDER_STAGES)[number];
