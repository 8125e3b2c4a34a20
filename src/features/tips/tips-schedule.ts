/** When tips go out and when dates are asked for, as the committee has set. */
import type { Community } from '../../model/community.ts';
import type { FeatureSchedule } from '../../runtime/feature.ts';
import { tipCron } from './tips-rules.ts';

export const TIP_JOB = 'tips.weekly';
export const ASK_DAYS_JOB = 'tips.ask-days';

const HOUR_MS = 60 * 60_000;
/** A tip of the morning is no tip for the evening. */
const TIP_MAX_LATE_MS = 3 * HOUR_MS;
/** A machine that was off on the first of the month asks when it is back. */
const ASK_MAX_LATE_MS = 14 * 24 * HOUR_MS;

export function tipsSchedules({ settings: { tips } }: Community): readonly FeatureSchedule[] {
  const enabled = tips.on && tips.weekdays.length > 0;
  return [
    { kind: TIP_JOB, cron: tipCron(tips), policy: 'latest', maxLateMs: TIP_MAX_LATE_MS, enabled },
    { kind: ASK_DAYS_JOB, cron: '0 9 1 * *', policy: 'latest', maxLateMs: ASK_MAX_LATE_MS },
  ];
}
