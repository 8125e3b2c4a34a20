/** Two records of the same human become one: what they wrote into lists is theirs, and stands for the place that was kept. */
import type { Person } from '../../model/chat.ts';
import { lockLists } from '../../store/address-lock.ts';
import { findEntry, giveEntries, listEntriesOf, updateEntry } from '../../store/chain-entry-table.ts';
import { holdChain } from '../../store/chain-table.ts';
import { findSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';

/** To be called when their sign-ups have been joined. */
export async function joinEntries(
  tx: Transaction,
  { stays, goes }: { readonly stays: Person; readonly goes: Person },
): Promise<void> {
  await lockLists(tx, stays.communityId);
  await giveEntries(tx, goes.id, stays.id);
  const entries = await listEntriesOf(tx, stays.communityId, { personId: stays.id, authorKeys: [] });
  for (const seen of entries.toSorted((one, other) => (one.chainId < other.chainId ? -1 : 1))) {
    const chain = await holdChain(tx, stays.communityId, seen.chainId);
    // A page may have changed it before the list was held.
    const entry = await findEntry(tx, stays.communityId, seen.id);
    if (entry === null) continue;
    if (entry.record === null || chain?.target?.kind !== 'shift') continue;
    const own = await findSignUp(tx, chain.target.id, stays.id);
    if (own === null || own.id === entry.record.id) continue;
    // It is on record by another way as well: taking it off is for a person.
    await updateEntry(tx, { ...entry, record: { id: own.id, wasThere: true } });
  }
}
