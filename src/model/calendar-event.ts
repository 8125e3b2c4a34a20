/** What an environmental day is and how its date is found; the arithmetic is in content/calendar-rules.ts. */
import type { HabitCategory } from './habit.ts';

export const CALENDAR_RULES = [
  'fixed',
  'range',
  'last-weekday',
  'week-containing',
  'relative',
  'announced',
  'regional',
] as const;
export type CalendarRuleType = (typeof CALENDAR_RULES)[number];

/** Numbered as in ISO 8601: Monday is 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const CALENDAR_STATUSES = ['sure', 'likely', 'unverified'] as const;
export type CalendarStatus = (typeof CALENDAR_STATUSES)[number];

export type CalendarRule =
  | { readonly type: 'fixed'; readonly month: number; readonly day: number }
  | {
      readonly type: 'range';
      readonly month: number;
      readonly day: number;
      readonly toMonth: number;
      readonly toDay: number;
    }
  /** `notEasterEve`: one week earlier where that weekday is the day before Easter. */
  | {
      readonly type: 'last-weekday';
      readonly month: number;
      readonly weekday: Weekday;
      readonly notEasterEve: boolean;
    }
  | { readonly type: 'week-containing'; readonly month: number; readonly day: number; readonly weekStart: Weekday }
  /** Counted from the first day of another event. */
  | { readonly type: 'relative'; readonly to: CalendarEvent; readonly offsetDays: number }
  /** The date is announced each year: there is no formula, and an unknown year is asked, never guessed. */
  | { readonly type: 'announced' }
  /** Every region sets its own: only what is written for a region counts. */
  | { readonly type: 'regional' };

/** Calendar dates as YYYY-MM-DD, both ends included. */
export type CalendarDays = { readonly from: string; readonly to: string };

/** What is known of one year: announced dates, a theme, or both. It wins over the rule. */
export type CalendarYear = {
  readonly year: number;
  readonly region?: string;
  readonly days?: CalendarDays;
  readonly theme?: string;
};

export type CalendarEvent = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly rule: CalendarRule;
  readonly time: string;
  /** Ids of data/regions.csv; empty means everywhere. */
  readonly regions: readonly string[];
  readonly categories: readonly HabitCategory[];
  readonly years: readonly CalendarYear[];
  readonly source: string;
  readonly status: CalendarStatus;
  readonly note: string;
  readonly checkedOn: string;
};

/** A date a committee worker has entered for this year. */
export type AnnouncedDays = CalendarDays & {
  readonly eventId: string;
  readonly year: number;
  readonly region?: string;
};

/** `ask`: a person must say when; `off`: not here, or not sure enough to be sent by itself. */
export type DaysAnswer = CalendarDays | 'ask' | 'off';

/** A row of data/regions.csv: a province, and the power grid whose carbon factor holds there. */
export type Region = { readonly id: string; readonly name: string; readonly fullName: string; readonly grid?: string };
