/** Lists that whole groups fill in: every copy is read in silence, and the group hears a number or nothing. */
import { isWholeText } from '../../lib/list-text.ts';
import { mayMakeRecords, type Staff } from '../../model/staff.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects, Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { lockLists } from '../../store/address-lock.ts';
import { findEntry } from '../../store/chain-entry-table.ts';
import { holdChain, updateChain } from '../../store/chain-table.ts';
import { findStaffOfChat } from '../../store/staff-chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { ChainParts, HearingParts } from './chain-parts.ts';
import { rememberChainWords } from './chain-words.ts';
import type { HeardCounts } from './chains-service.ts';
import { CHAINS_TEXTS, say } from './chains-texts.ts';
import { ask, takeOff } from './entry-record.ts';
import { type HeardChain, hearCopy } from './hear-copy.ts';
import { countsOf } from './hear-pasted.ts';
import { findMeantOff, isWorker } from './said-off.ts';

export interface ChainsFeatureParts extends Pick<ChainParts, 'desks' | 'content'> {
  /** A list that a resident sends in private goes to a person: anybody could write anybody's name into it. */
  readonly passOn: (turn: Turn) => Promise<Outcome>;
}

const SILENCE: Outcome = { messages: [] };

export function createChains({ desks, content, passOn }: ChainsFeatureParts): Feature {
  const words = rememberChainWords(content);
  const reading = (): HearingParts => ({ desks, words: words() });
  return {
    name: 'chains',
    intents: ['chain'],
    texts: CHAINS_TEXTS,
    hearsHere: async ({ tx, inbound, chat, community, now }) => {
      const said = { text: inbound.text, by: inbound, chat, community, now };
      const meant = await findMeantOff(tx, reading(), said);
      return meant === null ? null : { intent: 'chain', slots: {} };
    },
    act: async (turn) => {
      if (turn.understood.slots.entries !== undefined) return hearList(turn, reading(), passOn);
      return hearOff(turn, reading());
    },
  };
}

async function hearList(turn: Turn, parts: HearingParts, passOn: ChainsFeatureParts['passOn']): Promise<Outcome> {
  const { tx, community, chat } = turn;
  if (chat.kind === 'group') return hearInGroup(turn, parts);
  const staff = await findStaffOfChat(tx, community.id, chat.id);
  if (staff === null || !mayMakeRecords(staff, community.id)) return passOn(turn);
  return hearFromWorker(turn, parts, staff);
}

async function hearInGroup(turn: Turn, parts: HearingParts): Promise<Outcome> {
  const { community, chat, now, text } = turn;
  const { theme = '', entries = [] } = turn.understood.slots;
  const { inbound } = turn;
  if (entries.length === 0 || inbound === undefined) return SILENCE;
  const { address, displayName: name = '' } = inbound.sender;
  const heard = await hearCopy(turn.tx, parts, {
    community,
    chat,
    from: chat,
    theme,
    entries,
    native: inbound.chain ?? null,
    poster: { address, name },
    at: inbound.at,
    isWhole: isWholeText(text),
    isHandedOver: false,
    staffId: null,
    now,
  });
  if (heard === null || heard.chain.target === null) return SILENCE;
  return withEffects(await wordToGroup(turn, parts, heard), heard.effects);
}

/** One word for a whole list: that it is kept, where somebody asked; and that it is full, because those behind wait. */
async function wordToGroup(turn: Turn, parts: HearingParts, heard: HeardChain): Promise<Outcome> {
  const { tx, community, addressed, now } = turn;
  const { told } = heard.chain;
  const isFull = heard.waiting > 0 && told !== 'full';
  if (!isFull && !(addressed && told === 'nothing')) return SILENCE;
  const counts = await countsOf(tx, parts, { community, staffId: null, now }, heard);
  const { about, people, onRecord } = counts;
  if (about === null) return SILENCE;
  await keepTold(tx, heard, isFull ? 'full' : 'heard');
  if (about.target.kind === 'pledges') return inGroup(heard, say('group-list.heard-pledges', { households: onRecord }));
  const { title } = about;
  const { waiting } = heard;
  return inGroup(
    heard,
    isFull ? say('group-list.full', { title, waiting }) : say('group-list.heard', { title, people }),
  );
}

async function keepTold(tx: Transaction, { chain }: HeardChain, told: 'heard' | 'full'): Promise<void> {
  const held = await holdChain(tx, chain.communityId, chain.id);
  if (held !== null) await updateChain(tx, { ...held, told });
}

function inGroup({ chain }: HeardChain, said: Saying): Outcome {
  return { messages: [{ to: 'here', said, collapseKey: `chain:${chain.id}` }] };
}

async function hearFromWorker(turn: Turn, parts: HearingParts, staff: Staff): Promise<Outcome> {
  const { tx, community, chat, now, text, inbound } = turn;
  const { theme = '', entries = [] } = turn.understood.slots;
  const notRead: Outcome = { messages: [{ to: 'here', said: say('group-list.not-readable') }] };
  if (entries.length === 0) return notRead;
  const at = inbound?.at ?? now;
  const copy = { community, chat: null, from: chat, theme, entries, native: inbound?.chain ?? null, poster: null, at };
  const whole = { isWhole: isWholeText(text), isHandedOver: true, staffId: staff.id, now };
  const heard = await hearCopy(tx, parts, { ...copy, ...whole });
  if (heard === null) return notRead;
  const counts = await countsOf(tx, parts, { community, staffId: staff.id, now }, heard);
  const isClear = counts.about !== null && counts.doubts === 0;
  const link = { label: say('group-list.look'), path: `/admin/chains/${heard.chain.id}` };
  const said = wordToWorker(counts);
  return withEffects({ messages: [{ to: 'here', said: isClear ? said : { ...said, link } }] }, heard.effects);
}

function wordToWorker({ about, entries, people, onRecord, doubts, waiting }: HeardCounts): Saying {
  if (about === null) return say('group-list.for-staff-which', { entries });
  const { title, target } = about;
  if (target.kind === 'pledges') {
    const households = onRecord;
    return doubts === 0
      ? say('group-list.for-staff-pledges', { households })
      : say('group-list.for-staff-pledges-doubts', { households, doubts });
  }
  if (doubts > 0) return say('group-list.for-staff-doubts', { title, entries, people, doubts });
  if (waiting > 0) return say('group-list.for-staff-full', { title, entries, people, waiting });
  return say('group-list.for-staff', { title, entries, people });
}

/** Who wrote an entry, who began the list and the committee take it off; of what others say a worker hears. */
async function hearOff(turn: Turn, parts: HearingParts): Promise<Outcome> {
  const { tx, community, chat, person, text, now, inbound, addressed } = turn;
  if (inbound === undefined) return SILENCE;
  const by = { channel: chat.channel, account: chat.account, sender: inbound.sender };
  // A copy that is being merged may be about the same entry.
  await lockLists(tx, community.id);
  const meant = await findMeantOff(tx, parts, { text, by, chat, community, now });
  const held = meant === null ? null : await holdChain(tx, community.id, meant.chain.id);
  // A page holds a list without the lock of all, and may have taken the entry off meanwhile.
  const entry = meant === null ? null : await findEntry(tx, community.id, meant.entry.id);
  if (meant === null || held === null || entry?.state !== 'standing') return SILENCE;
  const listing = { parts, community, chain: held, now, staffId: null };
  const may = meant.isTheirs || (await isWorker(tx, community, person));
  // 「我去不了了」 may be about dinner, unless it is said to the bot.
  if (may && (meant.isSure || addressed)) {
    const { effects } = await takeOff(tx, listing, entry, 'word');
    const said = say('group-list.off', { number: entry.position });
    return withEffects({ messages: [{ to: 'here', said }] }, effects);
  }
  await ask(tx, listing, { kind: 'said', entry, more: now.toISOString().slice(0, 10) });
  // Who wants to be taken off and is not sure to be heard would say it again.
  const isAnswered = addressed || (meant.isNamesake && meant.isSure);
  return isAnswered ? { messages: [{ to: 'here', said: say('group-list.off-asked') }] } : SILENCE;
}

function withEffects(outcome: Outcome, { messages, askOthers = [] }: Effects): Outcome {
  return { ...outcome, messages: [...outcome.messages, ...messages], askOthers };
}
