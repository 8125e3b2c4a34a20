/** Two records of the same human become one, who lives behind one door. */
import type { Person } from '../../model/chat.ts';
import { findMembership } from '../../store/household-table.ts';
import type { Transaction } from '../../store/store.ts';
import { leaveHousehold } from './household-service.ts';

/**
 * The one that goes leaves its household, and a household without members is not kept; the caller has chosen the one
 * with the membership that counts to stay, so that its newness, its doubts and its own door stay with it.
 * True where that was another door than the one that stays.
 */
export async function joinHouseholds(
  tx: Transaction,
  { stays, goes }: { readonly stays: Person; readonly goes: Person },
): Promise<{ readonly leftOtherDoor: boolean }> {
  const kept = await findMembership(tx, stays.id);
  const left = await findMembership(tx, goes.id);
  if (left === null) return { leftOtherDoor: false };
  await leaveHousehold(tx, goes.id);
  return { leftOtherDoor: kept?.householdId !== left.householdId };
}
