/** Keeps the schedule of a community in step with what its features and settings ask for. */
import type { Community } from '../model/community.ts';
import { putSchedule } from '../store/schedule-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Feature } from './feature.ts';

/** Called when a community is made, when its settings are saved and at start; again changes nothing. */
export async function syncSchedules(
  tx: Transaction,
  features: readonly Feature[],
  community: Community,
  now: Date,
): Promise<void> {
  for (const feature of features) {
    for (const { kind, cron, policy, maxLateMs, enabled = true } of feature.schedules?.(community) ?? []) {
      await putSchedule(tx, {
        id: `${kind}.${community.id}`,
        communityId: community.id,
        kind,
        cron,
        zone: community.settings.zone,
        policy,
        maxLateMs,
        enabled,
        lastSlot: now,
      });
    }
  }
}
