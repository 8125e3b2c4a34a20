/** What a tip is: a row of data/tips.csv once read. */
import type { HabitCategory, SeasonWord } from './habit.ts';

/** Only `sure`, `likely` and `calc` are ever sent. */
export const TIP_STATUSES = ['sure', 'likely', 'calc', 'none', 'unverified'] as const;
export type TipStatus = (typeof TIP_STATUSES)[number];

export type Tip = {
  readonly id: string;
  readonly category: HabitCategory;
  readonly season: SeasonWord;
  /** A tip for a day of the calendar is sent around that day and at no other time. */
  readonly eventId?: string;
  readonly regions: readonly string[];
  readonly text: string;
  readonly figure?: { readonly value: string; readonly unit: string };
  readonly source: { readonly name: string; readonly url: string; readonly kind: string };
  readonly checkedOn: string;
  readonly status: TipStatus;
};

/** That a tip went out to a chat, and on which calendar date. */
export type SentTip = { readonly tipId: string; readonly on: string };
