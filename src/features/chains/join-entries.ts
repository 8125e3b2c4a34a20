/** Two records of the same human become one: what they wrote into lists is theirs, and stands for the place that was kept. */
import type { Person } from '../../model/chat.ts';
import { giveEntries, listEntriesOf, updateEntry } from '../../store/chain-entry-table.ts';
import { findChain } from '../../store/chain-table.ts';
import { findSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';

/** To be called when their sign-ups have been joined. */
export async function joinEntries(
  tx: Transaction,
  { stays, goes }: { readonly stays: Person; readonly goes: Person },
): Promise<void> {
  await giveEntries(tx, goes.id, stays.id);
  const entries = await listEntriesOf(tx, stays.communityId, { personId: stays.id, authorKeys: [] });
  for (const entry of entries) {
    const chain = await findChain(tx, stays.communityId, entry.chainId);
    if (entry.record === null || chain?.target?.kind !== 'shift') continue;
    const own = await findSignUp(tx, chain.target.id, stays.id);
    if (own === null || own.id === entry.record.id) continue;
    // It is on record by another way as well: taking it off is for a person.
    await updateEntry(tx, { ...entry, record: { id: own.id, wasThere: true } });
  }
}
