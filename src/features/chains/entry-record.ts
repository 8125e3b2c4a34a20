/** Puts entries of a list on record as sign-ups or pledges, and takes them back; what cannot be is asked about. */
import type { Chain, ChainDoubtKind, ChainOffBy, KeptEntry } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import type { Effects } from '../../runtime/feature.ts';
import { raiseDoubt, settleDoubtsOfEntry } from '../../store/chain-doubt-table.ts';
import { updateEntry } from '../../store/chain-entry-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { ChainParts, Recorded } from './chain-parts.ts';
import { deskOf } from './chain-parts.ts';

/** One list in one transaction. */
export interface Listing {
  readonly parts: Pick<ChainParts, 'desks'>;
  readonly community: Community;
  readonly chain: Chain;
  readonly now: Date;
  /** Who does it, where it is a worker. */
  readonly staffId: string | null;
}

export interface Done {
  readonly entry: KeptEntry;
  readonly isWaiting: boolean;
  readonly effects: Effects;
}

export const NO_EFFECTS: Effects = { messages: [] };

/** An entry that stands, of a list that is about something of ours; any other is left as it is. */
export async function putOnRecord(tx: Transaction, listing: Listing, entry: KeptEntry): Promise<Done> {
  const { parts, community, chain, now } = listing;
  if (chain.target === null || entry.state !== 'standing' || entry.line === null) return asIs(entry);
  if (entry.line.coming === 'unsure') return refuse(tx, listing, entry, 'unsure');
  // Off by their own word: the line stands in every later copy and asks nobody.
  if (entry.line.coming === 'no') return takeOff(tx, listing, entry, 'word');
  const recorded = await deskOf(parts, chain.target.kind).record(tx, {
    community,
    targetId: chain.target.id,
    chatId: chain.chatId,
    personId: entry.personId,
    line: entry.line,
    theme: chain.theme,
    recordId: entry.record?.id ?? null,
    now,
  });
  return recorded.ok ? keepRecord(tx, listing, entry, recorded) : refuse(tx, listing, entry, recorded.why);
}

async function keepRecord(
  tx: Transaction,
  listing: Listing,
  entry: KeptEntry,
  { recordId, wasThere, isWaiting, effects }: Extract<Recorded, { ok: true }>,
): Promise<Done> {
  const { now, staffId } = listing;
  const isSame = entry.record?.id === recordId;
  // Another door in the line: what the old one had by this list goes.
  const before = isSame ? NO_EFFECTS : await takeBackRecord(tx, listing, entry, 'list');
  const record = { id: recordId, wasThere: isSame ? entry.record.wasThere : wasThere };
  const kept: KeptEntry = { ...entry, record, refused: null };
  await updateEntry(tx, kept);
  if (entry.refused !== null) await settleDoubtsOfEntry(tx, entry.id, { staffId, now, kind: 'refused' });
  return { entry: kept, isWaiting, effects: joinEffects([effects, before]) };
}

async function refuse(
  tx: Transaction,
  listing: Listing,
  entry: KeptEntry,
  why: Extract<Recorded, { ok: false }>['why'],
): Promise<Done> {
  const kept: KeptEntry = { ...entry, refused: why };
  await updateEntry(tx, kept);
  // What has begun or was called off is nothing a worker could still put right.
  if (why !== 'past' && why !== 'gone') await ask(tx, listing, { kind: 'refused', entry, more: entry.lineKey });
  return asIs(kept);
}

/** Off the list, with what it has on record; a sign-up that was made by another way stays until a person has said so. */
export async function takeOff(
  tx: Transaction,
  listing: Listing,
  entry: KeptEntry,
  offBy: ChainOffBy,
  state: 'withdrawn' | 'dropped' = 'withdrawn',
): Promise<Done> {
  const { now, staffId } = listing;
  const stays = staysOnRecord(entry, offBy);
  const effects = await takeBackRecord(tx, listing, entry, offBy);
  const record = stays ? entry.record : null;
  const off: KeptEntry = { ...entry, state, stateAt: now, offBy, refused: null, record };
  await updateEntry(tx, off);
  await settleDoubtsOfEntry(tx, entry.id, { staffId, now });
  if (stays) await ask(tx, listing, { kind: 'elsewhere', entry });
  return { entry: off, isWaiting: false, effects };
}

function staysOnRecord({ record }: KeptEntry, offBy: ChainOffBy): boolean {
  return record?.wasThere === true && offBy !== 'staff';
}

async function takeBackRecord(
  tx: Transaction,
  { parts, community, chain, now }: Listing,
  entry: KeptEntry,
  offBy: ChainOffBy,
): Promise<Effects> {
  if (entry.record === null || chain.target === null || staysOnRecord(entry, offBy)) return NO_EFFECTS;
  return deskOf(parts, chain.target.kind).takeBack(tx, community, entry.record.id, now);
}

/** On the list again, and on record. */
export async function putBack(tx: Transaction, listing: Listing, entry: KeptEntry): Promise<Done> {
  const { now, staffId } = listing;
  const on: KeptEntry = { ...entry, state: 'standing', stateAt: now, offBy: null };
  await updateEntry(tx, on);
  await settleDoubtsOfEntry(tx, entry.id, { staffId, now });
  return putOnRecord(tx, listing, on);
}

export interface Question {
  readonly kind: ChainDoubtKind;
  readonly entry?: KeptEntry | undefined;
  readonly other?: string | null;
  readonly number?: number | null;
  /** Tells it from an earlier one of this kind about the same entry. */
  readonly more?: string;
}

export async function ask(tx: Transaction, listing: Listing, question: Question): Promise<void> {
  const { community, chain, now } = listing;
  const { kind, entry, other = null, number = null, more = '' } = question;
  await raiseDoubt(tx, {
    communityId: community.id,
    chainId: chain.id,
    entryId: entry?.id ?? null,
    otherEntryId: other,
    kind,
    number: number ?? entry?.position ?? null,
    raisedAt: now,
    doubtKey: [kind, entry?.id ?? number ?? '', more].join(':'),
  });
}

export function joinEffects(all: readonly Effects[]): Effects {
  return {
    messages: all.flatMap(({ messages }) => messages),
    askOthers: all.flatMap(({ askOthers }) => askOthers ?? []),
  };
}

function asIs(entry: KeptEntry): Done {
  return { entry, isWaiting: false, effects: NO_EFFECTS };
}
