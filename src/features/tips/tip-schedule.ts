/** When tips go out and when dates are asked for, kept in step with what the committee has set. */
import type { Community } from '../../model/community.ts';
import { putSchedule } from '../../store/schedule-table.ts';
import type { Transaction } from '../../store/store.ts';
import { tipCron } from './tip-rules.ts';

export const TIP_JOB = 'tips.weekly';
export const ASK_DAYS_JOB = 'tips.ask-days';

const HOUR_MS = 60 * 60_000;
/** A tip of the morning is no tip for the evening. */
const TIP_MAX_LATE_MS = 3 * HOUR_MS;
/** A machine that was off on the first of the month asks when it is back. */
const ASK_MAX_LATE_MS = 14 * 24 * HOUR_MS;

/** To be called when a community is made, when its settings are saved and at start; again changes nothing. */
export async function syncTipSchedule(tx: Transaction, community: Community, now: Date): Promise<void> {
  const { zone, tips } = community.settings;
  const common = { communityId: community.id, zone, policy: 'latest', lastSlot: now } as const;
  await putSchedule(tx, {
    ...common,
    id: `${TIP_JOB}.${community.id}`,
    kind: TIP_JOB,
    cron: tipCron(tips),
    maxLateMs: TIP_MAX_LATE_MS,
    enabled: tips.on && tips.weekdays.length > 0,
  });
  await putSchedule(tx, {
    ...common,
    id: `${ASK_DAYS_JOB}.${community.id}`,
    kind: ASK_DAYS_JOB,
    cron: '0 9 1 * *',
    maxLateMs: ASK_MAX_LATE_MS,
    enabled: true,
  });
}
