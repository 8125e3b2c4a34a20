/** 「3号不来了」, 「把我划掉」 after a list of the group: who may say so takes the entry off; what others say a worker checks. */

import { localDate } from '../../lib/zoned-time.ts';
import type { Chain, KeptEntry } from '../../model/chain.ts';
import type { Chat, Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Inbound } from '../../model/inbound.ts';
import { mayMakeRecords } from '../../model/staff.ts';
import { listEntries } from '../../store/chain-entry-table.ts';
import { listChains } from '../../store/chain-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { findStaffOfChat } from '../../store/staff-chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { HearingParts } from './chain-parts.ts';
import { aboutOf } from './chain-views.ts';
import { readSaidOff, type SaidOff } from './chain-words.ts';
import { isOver } from './find-list.ts';
import { bare, nameOf } from './line-rules.ts';
import { authorKey } from './read-copy.ts';

export type Speaker = Pick<Inbound, 'channel' | 'account' | 'sender'>;

/** What was said, of which list, and the entries it may be about; one of them is the speaker's own where any is. */
export interface MeantOff {
  readonly chain: Chain;
  readonly entry: KeptEntry;
  /** Theirs who speaks, or of a list they began. */
  readonly isTheirs: boolean;
  /** Nobody knows who wrote it, and it bears the name of who speaks. */
  readonly isNamesake: boolean;
  readonly isSure: boolean;
}

// A list is talked about while it is open, and soon after.
const TALKED_ABOUT_MS = 14 * 24 * 60 * 60 * 1_000;
const MOST_LISTS = 5;

/** `null`: nothing was said of a list of this chat. */
export async function findMeantOff(
  tx: Transaction,
  parts: HearingParts,
  said: {
    readonly text: string;
    readonly by: Speaker;
    readonly chat: Chat;
    readonly community: Community;
    readonly now: Date;
  },
): Promise<MeantOff | null> {
  const { text, by, chat, community, now } = said;
  const off = chat.kind === 'group' ? readSaidOff(text, parts.words) : null;
  if (off === null) return null;
  const since = new Date(now.getTime() - TALKED_ABOUT_MS);
  const query = { chatId: chat.id, state: 'matched', since, limit: MOST_LISTS } as const;
  for (const chain of await listChains(tx, community.id, query)) {
    if (await isOver(tx, parts, community, chain, now)) continue;
    const meant = await findEntryMeant(tx, parts, { off, by, chain, community, now });
    if (meant !== null) return meant;
  }
  return null;
}

interface Said {
  readonly off: SaidOff;
  readonly by: Speaker;
  readonly chain: Chain;
  readonly community: Community;
  readonly now: Date;
}

async function findEntryMeant(tx: Transaction, parts: HearingParts, said: Said): Promise<MeantOff | null> {
  const { off, by, chain } = said;
  const sealer = await tx.sealer(chain.communityId);
  const key = authorKey(sealer, { channel: by.channel, account: by.account, address: by.sender.address });
  const entries = (await listEntries(tx, [chain.id])).filter(({ state }) => state === 'standing');
  const name = bare(by.sender.displayName ?? '');
  const isOwn = (entry: KeptEntry) => entry.authorKey === key;
  // Anybody may call themselves as a neighbour does: that it is theirs is for a worker to say.
  const isNamesake = ({ authorKey: by, line }: KeptEntry) =>
    by === null && line !== null && name !== '' && nameOf(line) === name;
  const mentioned =
    off.number === null ? ownOr(entries, isOwn, isNamesake) : entries.filter(({ position }) => position === off.number);
  // Of two lines of theirs the one that is their own, and not a neighbour's.
  const own = mentioned.filter(isOwn);
  const entry = own.find(({ personId }) => personId !== null) ?? own[0] ?? mentioned[0];
  if (entry === undefined) return null;
  const isTheirs = own.length > 0 || (chain.initiatorKey === key && mentioned.length === 1);
  // 「21号去不了」 may be the day.
  if (!isTheirs && off.number !== null && (await isItsDay(tx, parts, said, off.number))) return null;
  return { chain, entry, isTheirs, isNamesake: isNamesake(entry), isSure: off.isSure };
}

type Is = (entry: KeptEntry) => boolean;

function ownOr(entries: readonly KeptEntry[], isOwn: Is, isNamesake: Is): readonly KeptEntry[] {
  const own = entries.filter(isOwn);
  return own.length > 0 ? own : entries.filter(isNamesake);
}

async function isItsDay(
  tx: Transaction,
  parts: HearingParts,
  { chain, community, now }: Said,
  number: number,
): Promise<boolean> {
  const about = await aboutOf(tx, parts, community, chain, now);
  if (about === null || about.startsAt === null) return false;
  return Number(localDate(about.startsAt, community.settings.zone).slice(-2)) === number;
}

/** Whoever has bound their private chat to an account of the committee. */
export async function isWorker(tx: Transaction, community: Community, person: Person): Promise<boolean> {
  const chat = await findPrivateChat(tx, person.id);
  const staff = chat === null ? null : await findStaffOfChat(tx, community.id, chat.id);
  return staff !== null && mayMakeRecords(staff, community.id);
}
