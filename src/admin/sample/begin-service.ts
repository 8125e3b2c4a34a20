/** The sample community goes with everything in it, the real one takes its place and its staff. */
import { type Community, CommunitySettings } from '../../model/community.ts';
import type { Staff } from '../../model/staff.ts';
import { appendAudit, listAudit } from '../../store/audit-table.ts';
import { deleteCommunity, findCommunity } from '../../store/community-table.ts';
import { moveStaff } from '../../store/staff-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { AdminParts } from '../admin-parts.ts';

export interface Beginning {
  readonly sample: Community;
  readonly name: string;
  readonly staff: Staff;
  readonly now: Date;
}

/** False where it was done a moment before. */
export async function beginCommunity(
  tx: Transaction,
  { foundCommunity }: Pick<AdminParts, 'foundCommunity'>,
  { sample, name, staff, now }: Beginning,
): Promise<boolean> {
  const found = await findCommunity(tx, sample.id);
  if (found === null || !found.isSample) return false;
  const { plan, locale, settings } = sample;
  // The zone is that of the machine's owner; everything else of the sample is made up.
  const fresh = CommunitySettings.parse({ zone: settings.zone });
  const made = await foundCommunity(tx, { name, plan, locale, isSample: false, settings: fresh }, now);
  await moveStaff(tx, sample.id, made.id);
  await carryLog(tx, sample.id, made.id);
  await deleteCommunity(tx, sample.id);
  await appendAudit(tx, { communityId: made.id, staffId: staff.id, action: 'community.begin', at: now });
  return true;
}

// A sample is tried for days, not for years.
const MOST_CARRIED = 5_000;
/** What was done to accounts and to this machine concerns the real community as well; the rest was about people who never were. */
const CARRIED = /^(?:staff\.|settings\.machine$)/;

async function carryLog(tx: Transaction, from: string, communityId: string): Promise<void> {
  const newestFirst = await listAudit(tx, from, { limit: MOST_CARRIED });
  for (const { id: _, ...entry } of newestFirst.toReversed()) {
    if (CARRIED.test(entry.action)) await appendAudit(tx, { ...entry, communityId });
  }
}
