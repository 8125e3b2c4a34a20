/** A list turns out to be about something else: what it has on record is taken back there before it goes anywhere else. */
import type { ChainTarget } from '../../model/chain.ts';
import type { Effects } from '../../runtime/feature.ts';
import { listEntries, updateEntry } from '../../store/chain-entry-table.ts';
import type { Transaction } from '../../store/store.ts';
import { deskOf } from './chain-parts.ts';
import { joinEffects, type Listing } from './entry-record.ts';

export function isSameTarget(one: ChainTarget | null, other: ChainTarget | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id;
}

/** Afterwards its entries are as if they had never been on record. */
export async function takeBackAll(tx: Transaction, { parts, chain, community, now }: Listing): Promise<Effects> {
  const effects: Effects[] = [];
  for (const entry of await listEntries(tx, [chain.id])) {
    if (entry.record === null && entry.refused === null) continue;
    if (entry.record !== null && !entry.record.wasThere && chain.target !== null) {
      effects.push(await deskOf(parts, chain.target.kind).takeBack(tx, community, entry.record.id, now));
    }
    await updateEntry(tx, { ...entry, record: null, refused: null });
  }
  return joinEffects(effects);
}
