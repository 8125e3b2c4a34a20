/** A worker has looked at many lines that one copy brought: all of them count from now on, or none. */
import type { ChainDoubt, KeptEntry } from '../../model/chain.ts';
import { listOpenDoubts, settleDoubtsOfChain } from '../../store/chain-doubt-table.ts';
import { listEntries, updateEntry } from '../../store/chain-entry-table.ts';
import { holdChain } from '../../store/chain-table.ts';
import type { Transaction } from '../../store/store.ts';
import { listingOf } from './chain-office.ts';
import type { ChainParts } from './chain-parts.ts';
import type { ChainOffice, ChainResult, DoubtAnswer } from './chains-service.ts';
import { ask, joinEffects, type Listing, takeOff } from './entry-record.ts';
import { recordAll } from './record-list.ts';

/** However many copies bring more, there is one question, with the number of all that wait. */
export async function askAboutMany(tx: Transaction, listing: Listing, at: Date): Promise<void> {
  const { chain, staffId, now } = listing;
  const waiting = await listWaiting(tx, listing);
  await settleDoubtsOfChain(tx, chain.id, { staffId, now, kind: 'many' });
  await ask(tx, listing, { kind: 'many', number: waiting.length, more: at.toISOString() });
}

export async function answerMany(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks'>,
  office: ChainOffice,
  { chainId }: ChainDoubt,
  { answer }: DoubtAnswer,
): Promise<ChainResult> {
  if (answer !== 'yes' && answer !== 'no') return { ok: false, why: 'not-readable' };
  const chain = await holdChain(tx, office.community.id, chainId);
  if (chain === null) return { ok: false, why: 'gone' };
  const listing = listingOf(parts, office, chain);
  const waiting = await listWaiting(tx, listing);
  const effects = answer === 'yes' ? await admitAll(tx, listing, waiting) : await dropAll(tx, listing, waiting);
  return { ok: true, chainId, effects };
}

async function admitAll(tx: Transaction, listing: Listing, waiting: readonly KeptEntry[]) {
  for (const entry of waiting) await updateEntry(tx, { ...entry, state: 'standing', stateAt: listing.now });
  return (await recordAll(tx, listing, await listEntries(tx, [listing.chain.id]))).effects;
}

async function dropAll(tx: Transaction, listing: Listing, waiting: readonly KeptEntry[]) {
  const done = [];
  for (const entry of waiting) done.push(await takeOff(tx, listing, entry, 'staff', 'dropped'));
  return joinEffects(done.map(({ effects }) => effects));
}

/** Those that may be a change of another line are asked about one by one. */
async function listWaiting(tx: Transaction, { community, chain }: Listing): Promise<KeptEntry[]> {
  const doubts = await listOpenDoubts(tx, community.id, { chainId: chain.id, limit: MOST_DOUBTS });
  const changed = new Set(doubts.flatMap(({ kind, entryId }) => (kind === 'changed' ? [entryId] : [])));
  const entries = await listEntries(tx, [chain.id]);
  return entries.filter(({ id, state, line }) => state === 'unsure' && line !== null && !changed.has(id));
}

// More than there are entries to ask about.
const MOST_DOUBTS = 2_000;
