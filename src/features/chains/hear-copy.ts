/** One copy of a list is heard: the list it belongs to is found or begun, the copy merged, and what is new put on record. */
import type { Chain, ChainTarget } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import { lockLists } from '../../store/address-lock.ts';
import { countOpenDoubts, settleDoubtsOfChain } from '../../store/chain-doubt-table.ts';
import { listEntries } from '../../store/chain-entry-table.ts';
import { holdChain, insertChain, updateChain } from '../../store/chain-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type Applied, applyMerge } from './apply-merge.ts';
import type { ChainParts, DeskTarget, HearingParts } from './chain-parts.ts';
import { readTheme } from './chain-words.ts';
import { mergeCopy } from './copy-rules.ts';
import { ask, joinEffects, type Listing, NO_EFFECTS } from './entry-record.ts';
import { findList } from './find-list.ts';
import { holdBackFlood } from './flood-rules.ts';
import type { HeardCopy } from './heard-copy.ts';
import { isSameTarget, takeBackAll } from './move-list.ts';
import { type ReadCopy, readCopy } from './read-copy.ts';
import { guessTarget } from './target-rules.ts';

export interface HeardChain extends Applied {
  readonly chain: Chain;
  readonly isNew: boolean;
  readonly added: number;
  /** A worker said that it is about something else than was thought. */
  readonly isMoved: boolean;
}

/** `null`: nothing of ours, and nothing was kept. */
export async function hearCopy(tx: Transaction, parts: HearingParts, heard: HeardCopy): Promise<HeardChain | null> {
  const copy = await readCopy(tx, heard);
  await lockLists(tx, heard.community.id);
  const found = await findList(tx, parts, heard, copy);
  const known = found === null ? null : await holdChain(tx, heard.community.id, found);
  if (known?.state === 'not-ours' && heard.about === undefined) return null;
  const about = known?.target ?? (await workOut(tx, parts, heard));
  if (known === null && about === null && !(await isWorthAsking(tx, parts, heard))) return null;
  const chain = known === null ? await begin(tx, heard, copy, about) : await goOn(tx, known, heard, copy, about);
  const around = { parts, community: heard.community, now: heard.now, staffId: heard.staffId };
  const isMoved = known !== null && known.target !== null && !isSameTarget(known.target, chain.target);
  const left = isMoved ? await takeBackAll(tx, { ...around, chain: known }) : NO_EFFECTS;
  const listing: Listing = { ...around, chain };
  const entries = await listEntries(tx, [chain.id]);
  const list = { initiator: chain.initiatorKey, heardAt: known?.heardAt ?? heard.at };
  const whole = mergeCopy(entries, copy.copy, list);
  // A first copy may be as long as the group is, and a worker answers for what they hand over.
  const isTrusted = known === null || heard.isHandedOver;
  const { merged, isWaiting } = isTrusted ? { merged: whole, isWaiting: false } : holdBackFlood(entries, whole);
  const applied = await applyMerge(tx, listing, { merged, entries, copy, isWaiting });
  if (chain.target === null) await ask(tx, listing, { kind: 'which' });
  else await settleDoubtsOfChain(tx, chain.id, { staffId: heard.staffId, now: heard.now, kind: 'which' });
  const effects = joinEffects([left, applied.effects]);
  return { ...applied, effects, chain, isNew: known === null, isMoved, added: merged.added.length };
}

export async function openTargets(
  tx: Transaction,
  { desks }: Pick<ChainParts, 'desks'>,
  community: Community,
  now: Date,
): Promise<DeskTarget[]> {
  const open = await Promise.all(desks.map((desk) => desk.open(tx, community, now)));
  return open.flat();
}

async function workOut(tx: Transaction, parts: HearingParts, heard: HeardCopy): Promise<ChainTarget | null> {
  if (heard.about !== undefined) return heard.about;
  const facts = readTheme(heard.theme, heard.at, parts.words);
  return guessTarget(heard.theme, facts, await openTargets(tx, parts, heard.community, heard.now)).sure;
}

// More than anybody answers: whoever posts list after list fills no book with them.
const MOST_ASKED = 100;

/** Neighbours buy melons together: that is their own business. */
async function isWorthAsking(tx: Transaction, { words }: HearingParts, heard: HeardCopy): Promise<boolean> {
  if (heard.isHandedOver) return true;
  if (readTheme(heard.theme, heard.at, words).isGoods) return false;
  return (await countOpenDoubts(tx, heard.community.id)).size < MOST_ASKED;
}

async function begin(
  tx: Transaction,
  { community, chat, at, native }: HeardCopy,
  copy: ReadCopy,
  about: ChainTarget | null,
): Promise<Chain> {
  return insertChain(tx, {
    communityId: community.id,
    chatId: chat?.kind === 'group' ? chat.id : null,
    nativeKey: copy.nativeKey,
    initiatorKey: copy.initiatorKey,
    themeKey: copy.themeKey,
    theme: copy.theme,
    state: about === null ? 'unmatched' : 'matched',
    target: about,
    declared: native?.declared ?? null,
    startedAt: copy.startedAt,
    heardAt: at,
    told: 'nothing',
  });
}

async function goOn(
  tx: Transaction,
  known: Chain,
  { at, native, about: said }: HeardCopy,
  copy: ReadCopy,
  about: ChainTarget | null,
): Promise<Chain> {
  const isNewest = at >= known.heardAt;
  const target = said ?? about;
  const chain: Chain = {
    ...known,
    nativeKey: known.nativeKey ?? copy.nativeKey,
    initiatorKey: known.initiatorKey ?? copy.initiatorKey,
    target,
    state: target === null ? known.state : 'matched',
    declared: isNewest ? (native?.declared ?? known.declared) : known.declared,
    heardAt: isNewest ? at : known.heardAt,
    ...(isNewest ? { theme: copy.theme, themeKey: copy.themeKey } : {}),
  };
  await updateChain(tx, chain);
  return chain;
}
