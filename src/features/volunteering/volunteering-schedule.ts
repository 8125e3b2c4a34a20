/** The two clocks of a community's volunteering: offers that run out, and reminders. */
import type { Community } from '../../model/community.ts';
import { putSchedule } from '../../store/schedule-table.ts';
import type { Transaction } from '../../store/store.ts';
import { HOUR_MS } from './volunteering-rules.ts';

export const OFFERS_JOB = 'volunteering.offers';
export const REMINDERS_JOB = 'volunteering.reminders';

const EVERY_MINUTE = '* * * * *';

/** Both look at the clock themselves, so of missed minutes only the newest counts. Safe to call again. */
export async function scheduleVolunteering(tx: Transaction, community: Community, now: Date): Promise<void> {
  for (const kind of [OFFERS_JOB, REMINDERS_JOB]) {
    await putSchedule(tx, {
      id: `${community.id}:${kind}`,
      communityId: community.id,
      kind,
      cron: EVERY_MINUTE,
      zone: community.settings.zone,
      policy: 'latest',
      maxLateMs: HOUR_MS,
      enabled: true,
      lastSlot: now,
    });
  }
}
