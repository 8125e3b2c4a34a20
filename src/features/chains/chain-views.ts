/** Chains, their entries and doubts as pages show them: rooms and phones hidden unless somebody asked to see them in full. */
import { maskPhone, maskSensitive } from '../../lib/phone.ts';
import type { Chain, ChainDoubt, ChainDoubtKind, KeptEntry } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { countOpenDoubts, listOpenDoubts } from '../../store/chain-doubt-table.ts';
import { listEntries } from '../../store/chain-entry-table.ts';
import { type ChainQuery, findChain, listChains } from '../../store/chain-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { HearingParts } from './chain-parts.ts';
import { type ChainParts, type DeskTarget, deskOf, type Standing } from './chain-parts.ts';
import { readTheme } from './chain-words.ts';
import type {
  ChainDetail,
  ChainEntryView,
  ChainOffice,
  ChainView,
  DoubtAnswer,
  DoubtView,
  FullWish,
  TargetView,
} from './chains-service.ts';
import { openTargets } from './hear-copy.ts';
import { guessTarget } from './target-rules.ts';

type Desks = Pick<ChainParts, 'desks'>;

export async function listChainViews(
  tx: Transaction,
  parts: Desks,
  community: Community,
  page: Omit<ChainQuery, 'since' | 'chatId'>,
  now: Date,
): Promise<ChainView[]> {
  return viewsOf(tx, parts, community, await listChains(tx, community.id, page), now);
}

export async function viewChain(
  tx: Transaction,
  parts: HearingParts,
  { community, staffId, now }: ChainOffice,
  chainId: string,
  view: 'masked' | FullWish,
): Promise<ChainDetail | null> {
  const chain = await findChain(tx, community.id, chainId);
  if (chain === null) return null;
  if (view !== 'masked') {
    const entry = { communityId: community.id, staffId, action: 'chain.view-full', subjectId: chainId };
    await appendAudit(tx, { ...entry, ...view, at: now });
  }
  const [summary] = await viewsOf(tx, parts, community, [chain], now);
  const kept = await listEntries(tx, [chainId]);
  const seen = await entryViews(tx, parts, community, [chain], kept, view !== 'masked');
  const entries = kept.flatMap(({ id }) => seen.get(id) ?? []);
  const isOn = ({ state }: ChainEntryView) => state === 'standing' || state === 'unsure';
  if (summary === undefined) return null;
  return {
    chain: summary,
    entries: [...entries.filter(isOn), ...entries.filter((entry) => !isOn(entry))],
    doubts: await listDoubtViews(tx, parts, community, { now, limit: MOST_DOUBTS, chainId }),
  };
}

const MOST_DOUBTS = 200;

export async function listDoubtViews(
  tx: Transaction,
  parts: HearingParts,
  community: Community,
  query: { readonly now: Date; readonly limit: number; readonly chainId?: string },
): Promise<DoubtView[]> {
  const { now, ...page } = query;
  const doubts = await listOpenDoubts(tx, community.id, page);
  const chains = new Map<string, Chain>();
  for (const id of new Set(doubts.map(({ chainId }) => chainId))) {
    const chain = await findChain(tx, community.id, id);
    if (chain !== null) chains.set(id, chain);
  }
  const kept = await listEntries(tx, [...chains.keys()]);
  const seen = await entryViews(tx, parts, community, [...chains.values()], kept, false);
  const open = doubts.some(({ kind }) => kind === 'which') ? await openTargets(tx, parts, community, now) : [];
  return doubts.flatMap((doubt) => {
    const chain = chains.get(doubt.chainId);
    return chain === undefined ? [] : [doubtView(doubt, chain, { parts, seen, open })];
  });
}

interface Around {
  readonly parts: HearingParts;
  readonly seen: ReadonlyMap<string, ChainEntryView>;
  readonly open: readonly DeskTarget[];
}

function doubtView(doubt: ChainDoubt, chain: Chain, { parts, seen, open }: Around): DoubtView {
  const { id, chainId, kind, raisedAt, entryId, otherEntryId, number } = doubt;
  const choices = kind === 'which' ? choicesFor(chain, parts, open) : [];
  return {
    id,
    chainId,
    theme: chain.theme,
    kind,
    raisedAt,
    entry: entryId === null ? null : (seen.get(entryId) ?? null),
    other: otherEntryId === null ? null : (seen.get(otherEntryId) ?? null),
    number,
    choices: choices.map(targetViewOf),
    answers: kind === 'which' ? answersOnWhich(chain, parts, choices) : ANSWERS[kind],
  };
}

/** Where nothing but the weekday fits it is most often something else, and that stands first. */
function answersOnWhich(chain: Chain, parts: HearingParts, choices: readonly DeskTarget[]): DoubtView['answers'] {
  if (choices.length === 0) return ['no'];
  const { isLikely } = guessTarget(chain.theme, readTheme(chain.theme, chain.startedAt, parts.words), choices);
  return isLikely ? ANSWERS.which : ['no', 'yes', 'target'];
}

/** What is open now, the likeliest first. */
export function choicesFor(chain: Chain, { words }: HearingParts, open: readonly DeskTarget[]): DeskTarget[] {
  const { ranked } = guessTarget(chain.theme, readTheme(chain.theme, chain.startedAt, words), open);
  return ranked.flatMap(({ kind, id }) => open.find(({ target }) => target.kind === kind && target.id === id) ?? []);
}

const ANSWERS: Readonly<Record<ChainDoubtKind, readonly DoubtAnswer['answer'][]>> = {
  which: ['yes', 'target', 'no'],
  missing: ['yes', 'no'],
  'came-back': ['yes', 'no'],
  changed: ['yes', 'no', 'change'],
  number: ['yes', 'no', 'change'],
  gap: ['yes'],
  many: ['yes', 'no'],
  refused: ['change', 'yes', 'no'],
  said: ['yes', 'no'],
  elsewhere: ['yes', 'no'],
};

async function viewsOf(
  tx: Transaction,
  parts: Desks,
  community: Community,
  chains: readonly Chain[],
  now: Date,
): Promise<ChainView[]> {
  const ids = chains.map(({ id }) => id);
  const doubts = await countOpenDoubts(tx, community.id, ids);
  const standing = (await listEntries(tx, ids)).filter(({ state }) => state === 'standing');
  return Promise.all(
    chains.map(async (chain) => {
      const own = standing.filter(({ chainId }) => chainId === chain.id);
      const chat = chain.chatId === null ? null : await findChatById(tx, chain.chatId);
      return {
        id: chain.id,
        theme: chain.theme,
        state: chain.state,
        about: await aboutOf(tx, parts, community, chain, now),
        group: chat?.title ?? null,
        startedAt: chain.startedAt,
        heardAt: chain.heardAt,
        entries: own.length,
        people: peopleIn(own),
        doubts: doubts.get(chain.id) ?? 0,
      };
    }),
  );
}

export function peopleIn(entries: readonly KeptEntry[]): number {
  return entries.reduce((sum, { line }) => sum + (line?.party ?? 1), 0);
}

export async function aboutOf(
  tx: Transaction,
  parts: Desks,
  community: Community,
  { target }: Chain,
  now: Date,
): Promise<TargetView | null> {
  if (target === null) return null;
  const found = await deskOf(parts, target.kind).find(tx, community, target.id, now);
  return found === null ? null : targetViewOf(found);
}

export function targetViewOf({ target, title, startsAt }: DeskTarget): TargetView {
  return { target, title, startsAt };
}

async function entryViews(
  tx: Transaction,
  parts: Desks,
  community: Community,
  chains: readonly Chain[],
  entries: readonly KeptEntry[],
  isFull: boolean,
): Promise<ReadonlyMap<string, ChainEntryView>> {
  const views = new Map<string, ChainEntryView>();
  for (const { id, target } of chains) {
    const own = entries.filter(({ chainId }) => chainId === id);
    const records = own.flatMap(({ record }) => (record === null ? [] : [record.id]));
    const standings: ReadonlyMap<string, Standing> =
      target === null || records.length === 0
        ? new Map()
        : await deskOf(parts, target.kind).standings(tx, community, target.id, records);
    for (const entry of own) views.set(entry.id, entryView(entry, standings, isFull));
  }
  return views;
}

function entryView(entry: KeptEntry, standings: ReadonlyMap<string, Standing>, isFull: boolean): ChainEntryView {
  const { household, phone, name, note, party } = entry.line ?? {};
  const hidden = household?.building === undefined ? null : { building: household.building };
  return {
    id: entry.id,
    number: entry.position,
    name: name === undefined ? null : maskSensitive(name),
    place: household === undefined ? null : isFull ? household : hidden,
    party: party ?? 1,
    phone: phone === undefined ? null : isFull ? phone : maskPhone(phone),
    note: note === undefined ? null : maskSensitive(note),
    state: entry.state,
    standing: entry.record === null ? null : (standings.get(entry.record.id) ?? null),
    refused: entry.refused,
    isKnown: entry.personId !== null,
    writtenAt: entry.writtenAt,
  };
}
