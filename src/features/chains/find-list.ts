/** Looks among the lists heard lately for the one a copy belongs to. */
import type { Chain } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import { listLineKeys } from '../../store/chain-entry-table.ts';
import { findChainByNativeKey, listChains } from '../../store/chain-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type ChainParts, deskOf } from './chain-parts.ts';
import type { HeardCopy } from './heard-copy.ts';
import { findKnownList, SAME_LIST_WITHIN_MS } from './known-list-rules.ts';
import type { ReadCopy } from './read-copy.ts';

// More lists than a community has at a time.
const MOST_LISTS = 60;

/** Its id; `null`: it begins a new one. */
export async function findList(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks'>,
  heard: HeardCopy,
  copy: ReadCopy,
): Promise<string | null> {
  const { community, chat, at, now } = heard;
  const native = copy.nativeKey === null ? null : await findChainByNativeKey(tx, community.id, copy.nativeKey);
  if (native !== null) return native.id;
  const since = new Date(at.getTime() - SAME_LIST_WITHIN_MS);
  const recent = await listChains(tx, community.id, { since, limit: MOST_LISTS });
  const near = recent.filter(({ chatId, themeKey }) => themeKey === copy.themeKey || chatId === (chat?.id ?? ''));
  const lineKeys = await listLineKeys(
    tx,
    near.map(({ id }) => id),
  );
  const byChain = new Map(near.map(({ id }) => [id, new Set<string>()]));
  for (const { chainId, lineKey } of lineKeys) byChain.get(chainId)?.add(lineKey);
  const known = await Promise.all(
    near.map(async (chain) => ({
      chain,
      lineKeys: byChain.get(chain.id) ?? new Set<string>(),
      isOver: await isOver(tx, parts, community, chain, now),
    })),
  );
  const list = { ...copy, chatId: chat?.id ?? null, lineKeys: copy.copy.entries.map(({ lineKey }) => lineKey), at };
  return findKnownList(list, known);
}

/** The same words over a list next week are about the next time. */
export async function isOver(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks'>,
  community: Community,
  { target }: Chain,
  now: Date,
): Promise<boolean> {
  if (target === null) return false;
  const found = await deskOf(parts, target.kind).find(tx, community, target.id, now);
  return found === null || (found.startsAt !== null && found.startsAt <= now);
}
