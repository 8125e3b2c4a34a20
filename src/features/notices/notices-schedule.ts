/** The tick at which notices that are due go out. */
import type { FeatureSchedule } from '../../runtime/feature.ts';

export const RELEASE_JOB = 'notices.release';

// The job itself looks for everything that is due, so a late tick does the work of all before it.
const MAX_LATE_MS = 60 * 60_000;

export const NOTICES_SCHEDULES: readonly FeatureSchedule[] = [
  { kind: RELEASE_JOB, cron: '* * * * *', policy: 'latest', maxLateMs: MAX_LATE_MS },
];
