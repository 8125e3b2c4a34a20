/** What happens again and again at set times, and what becomes of a time that was missed. */

export interface Schedule {
  readonly id: string;
  readonly communityId: string;
  /** The job of a feature that runs, e.g. `tips.weekly`. */
  readonly kind: string;
  /** Five fields: minute, hour, day of the month, month, weekday (1 to 7, Monday to Sunday). */
  readonly cron: string;
  readonly zone: string;
  /** Of missed times: none is made up for, the newest one, or every one. */
  readonly policy: 'skip' | 'latest' | 'all';
  /** A slot later than this is not run any more. */
  readonly maxLateMs: number;
  readonly enabled: boolean;
  /** Slots up to here are done with. */
  readonly lastSlot: Date;
}
