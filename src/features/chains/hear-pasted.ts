/** A list that a worker copied out of a group and pasted: nobody knows who posted it, so it takes nobody off by itself. */

import { isWholeText } from '../../lib/list-text.ts';
import { countOpenDoubts } from '../../store/chain-doubt-table.ts';
import { listEntries } from '../../store/chain-entry-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { AnsweringParts } from './answer-doubt.ts';
import { isOpen, note } from './chain-office.ts';
import { aboutOf, peopleIn } from './chain-views.ts';
import type { ChainOffice, HeardCounts, HeardResult, PastedChain } from './chains-service.ts';
import { type HeardChain, hearCopy } from './hear-copy.ts';
import { readList } from './read-line.ts';

export async function hearPasted(
  tx: Transaction,
  parts: AnsweringParts,
  office: ChainOffice,
  { chatId, text, target }: PastedChain,
): Promise<HeardResult> {
  const { community, staffId, now } = office;
  const chat = chatId === null ? null : await findChatById(tx, chatId);
  if (chatId !== null && chat?.communityId !== community.id) return { ok: false, why: 'no-chat' };
  if (target !== undefined && !(await isOpen(tx, parts, office, target))) return { ok: false, why: 'no-target' };
  const list = readList(parts.understand, text, now);
  if (list === null) return { ok: false, why: 'no-chain' };
  const heard = await hearCopy(tx, parts, {
    ...list,
    community,
    chat,
    from: chat,
    native: null,
    poster: null,
    at: now,
    isWhole: isWholeText(text),
    ...(target === undefined ? {} : { about: target }),
    isHandedOver: true,
    staffId,
    now,
  });
  // Said to be none of ours before, and nobody says otherwise.
  if (heard === null) return { ok: false, why: 'no-chain' };
  await note(tx, office, 'chain.paste', heard.chain.id);
  if (heard.isMoved) await note(tx, office, 'chain.assign', heard.chain.id);
  return { ok: true, heard: await countsOf(tx, parts, office, heard), effects: heard.effects };
}

export async function countsOf(
  tx: Transaction,
  parts: Pick<AnsweringParts, 'desks'>,
  { community, now }: ChainOffice,
  { chain, isMoved, added, changed, removed, waiting }: HeardChain,
): Promise<HeardCounts> {
  const standing = (await listEntries(tx, [chain.id])).filter(({ state }) => state === 'standing');
  const doubts = await countOpenDoubts(tx, community.id, [chain.id]);
  return {
    about: await aboutOf(tx, parts, community, chain, now),
    chainId: chain.id,
    isMoved,
    added,
    changed,
    removed,
    waiting,
    doubts: doubts.get(chain.id) ?? 0,
    entries: standing.length,
    people: peopleIn(standing),
    onRecord: standing.filter(({ record }) => record !== null).length,
  };
}
