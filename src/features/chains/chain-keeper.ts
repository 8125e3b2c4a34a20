/** What lists hold of a person, taken away when they want their data gone. */
import type { KeptEntry } from '../../model/chain.ts';
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { lockLists } from '../../store/address-lock.ts';
import { eraseEntries, listEntriesOf, type WriterOfEntries } from '../../store/chain-entry-table.ts';
import { findChain, forgetInitiator, holdChain } from '../../store/chain-table.ts';
import { findCommunity } from '../../store/community-table.ts';
import { listAddressesOf } from '../../store/person-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { TargetDesk } from './chain-parts.ts';
import { say } from './chains-texts.ts';
import { authorKey } from './read-copy.ts';

export type ForgettingDesk = Pick<TargetDesk, 'kind' | 'forget'>;

/** To be handed to the privacy feature. */
export function createChainKeeper(desks: readonly ForgettingDesk[]) {
  return {
    feature: 'chains',
    describe: async (tx: Transaction, person: Person, _: Community): Promise<readonly Saying[]> => {
      const entries = await countOf(tx, person);
      return entries === 0 ? [] : [say('group-list.kept', { entries })];
    },
    foretell: async (tx: Transaction, person: Person): Promise<readonly Saying[]> => {
      const entries = await countOf(tx, person);
      return entries === 0 ? [] : [say('group-list.gone', { entries })];
    },
    erase: (tx: Transaction, person: Person) => eraseFromChains(tx, desks, person),
  };
}

/** All they wrote, for neighbours too: a neighbour keeps the place, without the name they gave it. */
export async function eraseFromChains(
  tx: Transaction,
  desks: readonly ForgettingDesk[],
  person: Pick<Person, 'id' | 'communityId'>,
): Promise<Effects> {
  const community = await findCommunity(tx, person.communityId);
  if (community === null) return { messages: [] };
  // A copy that is being merged has read what is erased here, and would write it anew.
  await lockLists(tx, community.id);
  const keys = await keysOf(tx, person);
  const entries = await holdEntriesOf(tx, community.id, { personId: person.id, authorKeys: keys });
  for (const { chainId, record, personId } of entries) {
    const chain = await findChain(tx, community.id, chainId);
    // Their own sign-ups and pledges are erased by those who keep them.
    if (record === null || personId === person.id || chain?.target == null) continue;
    const { kind } = chain.target;
    await desks.find((desk) => desk.kind === kind)?.forget(tx, community, record.id);
  }
  await eraseEntries(
    tx,
    entries.map(({ id }) => id),
  );
  await forgetInitiator(tx, community.id, keys);
  return { messages: [] };
}

/** As they are once nobody else is at work on their lists; pages hold a list without the lock of all. */
async function holdEntriesOf(tx: Transaction, communityId: string, writer: WriterOfEntries): Promise<KeptEntry[]> {
  const seen = await listEntriesOf(tx, communityId, writer);
  const chainIds = new Set(seen.map(({ chainId }) => chainId));
  for (const chainId of [...chainIds].toSorted()) await holdChain(tx, communityId, chainId);
  return listEntriesOf(tx, communityId, writer);
}

async function countOf(tx: Transaction, person: Person): Promise<number> {
  const authorKeys = await keysOf(tx, person);
  const entries = await listEntriesOf(tx, person.communityId, { personId: person.id, authorKeys });
  return entries.filter(({ line }) => line !== null).length;
}

async function keysOf(tx: Transaction, { id, communityId }: Pick<Person, 'id' | 'communityId'>): Promise<string[]> {
  const sealer = await tx.sealer(communityId);
  const addresses = await listAddressesOf(tx, id);
  return addresses.map((address) => authorKey(sealer, address));
}
