/** The tick at which notices that are due go out. */
import type { Community } from '../../model/community.ts';
import { putSchedule } from '../../store/schedule-table.ts';
import type { Transaction } from '../../store/store.ts';

export const RELEASE_JOB = 'notices.release';

// The job itself looks for everything that is due, so a late tick does the work of all before it.
const MAX_LATE_MS = 60 * 60_000;

/** To be called when a community is made and at start; calling it again changes nothing. */
export async function syncNoticeSchedule(tx: Transaction, community: Community, now: Date): Promise<void> {
  await putSchedule(tx, {
    id: `${RELEASE_JOB}.${community.id}`,
    communityId: community.id,
    kind: RELEASE_JOB,
    cron: '* * * * *',
    zone: community.settings.zone,
    policy: 'latest',
    maxLateMs: MAX_LATE_MS,
    enabled: true,
    lastSlot: now,
  });
}
