/** In whose name a command works: tables of residents leave and enter the bot only under somebody's name. */
import type { Community } from '../model/community.ts';
import { mayActAs, type Staff } from '../model/staff.ts';
import { findCommunity } from '../store/community-table.ts';
import { findLogin } from '../store/staff-table.ts';
import type { Store } from '../store/store.ts';

export interface ActingStaff {
  readonly staff: Staff;
  readonly community: Community;
}

/** `null` where nobody who works here has this login. Not a proof of who sits there: whoever has the machine has the records. */
export async function actingStaff(store: Store, login: string): Promise<ActingStaff | null> {
  return store.read(async (tx) => {
    const staff = (await findLogin(tx, login))?.staff;
    if (staff === undefined || staff.disabledAt !== null || !mayActAs(staff.role, 'worker')) return null;
    const community = await findCommunity(tx, staff.communityId);
    return community === null ? null : { staff, community };
  });
}
