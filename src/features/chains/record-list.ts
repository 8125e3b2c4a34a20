/** Puts on record what of a list is not yet, each entry with the person who wrote it where that is known. */
import type { KeptEntry } from '../../model/chain.ts';
import type { Effects } from '../../runtime/feature.ts';
import { lockAddress } from '../../store/address-lock.ts';
import { updateEntry } from '../../store/chain-entry-table.ts';
import { insertPerson } from '../../store/chat-table.ts';
import { findPersonByAddress } from '../../store/sender-table.ts';
import type { Transaction } from '../../store/store.ts';
import { joinEffects, type Listing, putOnRecord } from './entry-record.ts';

export interface RecordedList {
  readonly waiting: number;
  readonly effects: Effects;
}

/** In the order of the list. What was refused is tried again only when somebody changes it. */
export async function recordAll(
  tx: Transaction,
  listing: Listing,
  entries: readonly KeptEntry[],
): Promise<RecordedList> {
  if (listing.chain.target === null) return { waiting: 0, effects: { messages: [] } };
  const open = entries.filter(
    ({ state, record, refused }) => state === 'standing' && record === null && refused === null,
  );
  const people = await bindWriters(tx, listing, entries, open);
  const effects: Effects[] = [];
  let waiting = 0;
  for (const entry of open.toSorted((one, other) => one.position - other.position)) {
    const done = await putOnRecord(tx, listing, { ...entry, personId: people.get(entry.id) ?? entry.personId });
    effects.push(done.effects);
    waiting += done.isWaiting ? 1 : 0;
  }
  return { waiting, effects: joinEffects(effects) };
}

/**
 * Each person has one entry of their own in a list, the first; what else they write is for neighbours. Of a list that
 * is nothing of ours nobody is made a person.
 */
async function bindWriters(
  tx: Transaction,
  { community, now }: Listing,
  entries: readonly KeptEntry[],
  open: readonly KeptEntry[],
): Promise<ReadonlyMap<string, string>> {
  const bound = new Set(entries.flatMap(({ personId, authorKey }) => (personId === null ? [] : [authorKey])));
  const people = new Map<string, string>();
  // In one order for everybody, so that two lists at once wait for each other instead of blocking.
  for (const entry of open.toSorted((one, other) => ((one.authorKey ?? '') < (other.authorKey ?? '') ? -1 : 1))) {
    const { authorKey, writer } = entry;
    if (authorKey === null || writer === null || bound.has(authorKey)) continue;
    bound.add(authorKey);
    await lockAddress(tx, writer);
    const person =
      (await findPersonByAddress(tx, writer, community.id)) ??
      (await insertPerson(tx, { communityId: community.id, from: writer, now }));
    people.set(entry.id, person.id);
    await updateEntry(tx, { ...entry, personId: person.id });
  }
  return people;
}
