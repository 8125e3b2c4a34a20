/** The two clocks of a community's volunteering: offers that run out, and reminders. */
import type { FeatureSchedule } from '../../runtime/feature.ts';
import { HOUR_MS } from './volunteering-rules.ts';

export const OFFERS_JOB = 'volunteering.offers';
export const REMINDERS_JOB = 'volunteering.reminders';

/** Both look at the clock themselves, so of missed minutes only the newest counts. */
const EVERY_MINUTE = { cron: '* * * * *', policy: 'latest', maxLateMs: HOUR_MS } as const;

export const VOLUNTEERING_SCHEDULES: readonly FeatureSchedule[] = [
  { kind: OFFERS_JOB, ...EVERY_MINUTE },
  { kind: REMINDERS_JOB, ...EVERY_MINUTE },
];
