/** Saves what was set for the community: its record, its schedules, and a line in the log. */
import type { Community } from '../../model/community.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findCommunity, updateCommunity } from '../../store/community-table.ts';
import { actOf, type Visit } from '../visit.ts';

/** `change` is applied to the record as it is now, so that two pages saved at once do not undo each other. */
export async function saveCommunity(
  visit: Visit,
  what: string,
  change: (community: Community) => Community,
): Promise<void> {
  const { parts, now } = visit;
  await parts.store.write(async (tx) => {
    const current = await findCommunity(tx, visit.community.id);
    if (current === null) return;
    const changed = change(current);
    await updateCommunity(tx, changed);
    await parts.syncSchedules(tx, changed, now);
    const { communityId, staffId } = actOf(visit);
    await appendAudit(tx, { communityId, staffId, action: `settings.${what}`, at: now });
  });
}
