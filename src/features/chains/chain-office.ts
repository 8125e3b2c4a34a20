/** What a worker does to a chain as a whole, and to one of its entries. */
import type { Chain, ChainTarget, KeptEntry } from '../../model/chain.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { settleDoubtsOfChain } from '../../store/chain-doubt-table.ts';
import { findEntry, listEntries } from '../../store/chain-entry-table.ts';
import { holdChain, updateChain } from '../../store/chain-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type ChainParts, deskOf } from './chain-parts.ts';
import type { ChainOffice, ChainResult } from './chains-service.ts';
import { joinEffects, type Listing, NO_EFFECTS, putBack, takeOff } from './entry-record.ts';
import { isSameTarget, takeBackAll } from './move-list.ts';
import { recordAll } from './record-list.ts';

type Desks = Pick<ChainParts, 'desks'>;

/** `null`: none of ours. What it had on record with something else is taken back there first. */
export async function assignChain(
  tx: Transaction,
  parts: Desks,
  office: ChainOffice,
  chainId: string,
  target: ChainTarget | null,
): Promise<ChainResult> {
  const { community } = office;
  const chain = await holdChain(tx, community.id, chainId);
  if (chain === null) return { ok: false, why: 'gone' };
  const state = target === null ? 'not-ours' : 'matched';
  // Pressed twice, or chosen as it stood: whoever gave up a place here would lose it to those who wait.
  if (chain.state === state && isSameTarget(chain.target, target)) return { ok: true, chainId, effects: NO_EFFECTS };
  if (target !== null && !(await isOpen(tx, parts, office, target))) return { ok: false, why: 'no-target' };
  if (await isSettled(tx, parts, office, chain, await listEntries(tx, [chainId]))) return { ok: false, why: 'begun' };
  const before = await takeBackAll(tx, listingOf(parts, office, chain));
  const next: Chain = { ...chain, target, state };
  await updateChain(tx, next);
  await settleDoubtsOfChain(tx, chain.id, target === null ? office : { ...office, kind: 'which' });
  const entries = await listEntries(tx, [chainId]);
  const after = await recordAll(tx, listingOf(parts, office, next), entries);
  await note(tx, office, target === null ? 'chain.not-ours' : 'chain.assign', chainId);
  return { ok: true, chainId, effects: joinEffects([before, after.effects]) };
}

export async function isOpen(
  tx: Transaction,
  parts: Desks,
  { community, now }: ChainOffice,
  target: ChainTarget,
): Promise<boolean> {
  const found = await deskOf(parts, target.kind).find(tx, community, target.id, now);
  return found?.isOpen === true;
}

/** Whether any of them is signed up for what has begun: those who came stay on record. */
export async function isSettled(
  tx: Transaction,
  parts: Desks,
  { community, now }: ChainOffice,
  { target }: Chain,
  entries: readonly KeptEntry[],
): Promise<boolean> {
  if (target === null || entries.every(({ record }) => record === null)) return false;
  const found = await deskOf(parts, target.kind).find(tx, community, target.id, now);
  return found?.startsAt != null && found.startsAt <= now;
}

export async function withdrawEntry(
  tx: Transaction,
  parts: Desks,
  office: ChainOffice,
  entryId: string,
): Promise<ChainResult> {
  const held = await holdEntry(tx, parts, office, entryId);
  if (held === null || (held.entry.state !== 'standing' && held.entry.state !== 'unsure')) {
    return { ok: false, why: 'gone' };
  }
  const { listing, entry } = held;
  if (await isSettled(tx, parts, office, listing.chain, [entry])) return { ok: false, why: 'begun' };
  const { effects } = await takeOff(tx, listing, entry, 'staff');
  await note(tx, office, 'chain.withdraw', entryId);
  return { ok: true, chainId: entry.chainId, effects };
}

export async function restoreEntry(
  tx: Transaction,
  parts: Desks,
  office: ChainOffice,
  entryId: string,
): Promise<ChainResult> {
  const held = await holdEntry(tx, parts, office, entryId);
  // What its writer has had erased cannot be put back.
  if (held === null || held.entry.state === 'standing' || held.entry.line === null) return { ok: false, why: 'gone' };
  const { effects } = await putBack(tx, held.listing, held.entry);
  await note(tx, office, 'chain.restore', entryId);
  return { ok: true, chainId: held.entry.chainId, effects };
}

/** With its chain, both as they are now. */
export async function holdEntry(tx: Transaction, parts: Desks, office: ChainOffice, entryId: string) {
  const { community } = office;
  const seen = await findEntry(tx, community.id, entryId);
  const chain = seen === null ? null : await holdChain(tx, community.id, seen.chainId);
  const entry = chain === null ? null : await findEntry(tx, community.id, entryId);
  return chain === null || entry === null ? null : { entry, listing: listingOf(parts, office, chain) };
}

export function listingOf(parts: Desks, { community, staffId, now }: ChainOffice, chain: Chain): Listing {
  return { parts, community, chain, now, staffId };
}

export function note(
  tx: Transaction,
  { community, staffId, now }: ChainOffice,
  action: string,
  subjectId: string,
): Promise<void> {
  return appendAudit(tx, { communityId: community.id, staffId, action, subjectId, at: now });
}
