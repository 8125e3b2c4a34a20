/** One message of one person in one transaction: recognised, understood, acted on, answered. */
import type { Community } from '../model/community.ts';
import type { Inbound } from '../model/inbound.ts';
import type { Outgoing } from '../model/outgoing.ts';
import type { Understood, Utterance } from '../model/understanding.ts';
import { findCommunity } from '../store/community-table.ts';
import { type FoundConversation, findConversation, findPrivateConversation } from '../store/conversation-table.ts';
import { markHandled } from '../store/inbox-table.ts';
import { listOwnWords } from '../store/own-word-table.ts';
import type { Met } from '../store/sender-table.ts';
import type { Transaction } from '../store/store.ts';
import { isStoreFault } from '../store/store-fault.ts';
import { actOrAskAgain, openFor } from './acting.ts';
import { acquaint, peopleElsewhere, personIn, recognise } from './address-book.ts';
import type { Turn } from './feature.ts';
import { type Departing, type WriterParts, writeEffects } from './outgoing-writer.ts';
import type { Router } from './router.ts';
import type { Hearing, SecondReader, Unread } from './second-reader.ts';
import { type Matter, ownMatter, type Shared, whoseMatter } from './whose-matter.ts';

export interface TurnParts extends WriterParts {
  readonly router: Router;
  readonly understand: (utterance: Utterance) => Understood;
  /** Asked about what nobody understands; absent: nobody is. */
  readonly second?: SecondReader | undefined;
  /** The activities a message may name. */
  readonly openActivities: (tx: Transaction, communityId: string, now: Date) => Promise<readonly string[]>;
  /** The community that newcomers on this account belong to. */
  readonly homeOf: (tx: Transaction, inbound: Inbound) => Promise<string | null>;
  /** Sees a one-time code before it is known whose message this is: `null` at once where there is none. */
  readonly codeGiven?: ((tx: Transaction, inbound: Inbound, now: Date) => Promise<CodeGiven | null> | null) | undefined;
  /** Whether the platform lets the bot open a private chat with whoever speaks in a group. */
  readonly speaksFirst: (inbound: Inbound) => boolean;
  /** A word to the sender about what they wrote, whatever it meant. */
  readonly caution: (inbound: Inbound) => readonly Outgoing[];
}

/** The community a code belongs to, and what sending it means. */
export interface CodeGiven {
  /** `null`: it says nothing of that. */
  readonly communityId: string | null;
  /** In a private chat of another community, too, it is this one that is spoken to. */
  readonly overrulesChat?: boolean;
  readonly understood: Understood;
}

export type TurnResult =
  | { readonly what: 'acted'; readonly departing: readonly Departing[] }
  /** Nobody understands it yet: it is kept, and to be taken again once it has been read. */
  | { readonly what: 'set-aside'; readonly unread: Unread; readonly communityId: string }
  /** Not for the bot: nothing was written. */
  | { readonly what: 'silent' }
  /** This very message had its effect before. */
  | { readonly what: 'duplicate' };

/** Something threw that would throw again; everything that was written is undone with the transaction. */
export class TurnFailed extends Error {
  readonly communityId: string | null;
  readonly wasKnown: boolean;
  /** `communityId`: `null` where it failed before that was known. `wasKnown`: the sender was a person of ours by then. */
  constructor(communityId: string | null, wasKnown: boolean, cause: unknown) {
    super('a turn failed', { cause });
    this.communityId = communityId;
    this.wasKnown = wasKnown;
  }
}

export async function takeTurn(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  now: Date,
  hearing: Hearing = { what: 'first' },
): Promise<TurnResult> {
  const sofar: Sofar = { communityId: null, wasKnown: false };
  try {
    const scene = await setScene(tx, parts, inbound, now, sofar);
    return scene === null ? { what: 'silent' } : await playTurn(tx, parts, inbound, { ...scene, hearing }, now);
  } catch (cause) {
    // What the database could not do just now is done again as a whole; anything else would fail for ever.
    throw isStoreFault(cause) ? cause : new TurnFailed(sofar.communityId, sofar.wasKnown, cause);
  }
}

async function playTurn(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  scene: Scene & { readonly hearing: Hearing },
  now: Date,
): Promise<TurnResult> {
  const { community, conversation } = scene;
  const understood =
    inbound.understood ??
    scene.given ??
    meantFirst(parts, inbound) ??
    (await meantHere(tx, parts, inbound, scene, now)) ??
    (await understandHere(tx, parts, inbound, scene, now));
  const cautions = parts.caution(inbound);
  const addressed = inbound.chat.kind === 'direct' || inbound.mentioned;
  const feature = parts.router.featureFor(understood.intent, conversation);
  const isForUs = feature !== null && (understood.intent !== 'none' || addressed);
  if (!isForUs && cautions.length === 0) return { what: 'silent' };

  if (!(await markHandled(tx, inbound, community.id, now))) return { what: 'duplicate' };
  const { chat, person } = await acquaint(tx, inbound, scene.known, { communityId: community.id, now });
  const elsewhere = peopleElsewhere(scene.known, community.id);
  const turn: Turn = {
    tx,
    now,
    community,
    chat,
    person,
    elsewhere,
    understood,
    text: inbound.text,
    inbound,
    addressed,
    conversation: openFor(feature, conversation),
  };
  const utterance = () => utteranceOf(tx, parts, inbound, scene, now);
  const listening = { ...parts, inbound, conversation, hearing: scene.hearing, utterance };
  const acted = isForUs ? await actOrAskAgain(listening, feature, turn) : [];
  if ('unread' in acted) return { what: 'set-aside', unread: acted.unread, communityId: community.id };
  const said = cautions.length === 0 ? acted : [...acted, { feature: DOOR, effects: { messages: cautions } }];
  const privateAddress = parts.speaksFirst(inbound) ? inbound.sender.address : null;
  const answering = { chat, personId: person.id, isKnownElsewhere: elsewhere.length > 0, privateAddress };
  const departing: Departing[] = [];
  for (const { feature: name, effects } of said) {
    const occasion = { community, now, feature: name, answering };
    departing.push(...(await writeEffects(tx, parts, occasion, effects)));
  }
  return { what: 'acted', departing };
}

/** Who says what the sender is told whatever they meant; asks nothing, so no feature bears the name. */
const DOOR = 'door';

interface Scene extends Matter {
  readonly known: Met;
  /** Certain already: the message is a code. */
  readonly given: Understood | null;
}

/** What is known of a message when something throws. */
interface Sofar {
  communityId: string | null;
  wasKnown: boolean;
}

async function setScene(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  now: Date,
  sofar: Sofar,
): Promise<Scene | null> {
  const known = await recognise(tx, inbound);
  sofar.communityId = known.home?.id ?? null;
  sofar.wasKnown = personIn(known, sofar.communityId) !== null;
  const given = (await parts.codeGiven?.(tx, inbound, now)) ?? null;
  const communityId = await communityFor(tx, parts, inbound, known, given);
  if (communityId === null) return null;
  const home = known.home?.id === communityId ? known.home : await findCommunity(tx, communityId);
  if (home === null) return null;
  const open = await findOpenQuestion(tx, known, home, now);
  const elsewhere = inbound.chat.kind === 'direct' ? peopleElsewhere(known, home.id) : [];
  const isCertain = elsewhere.length === 0 || given !== null || inbound.understood !== undefined;
  const matter = isCertain
    ? ownMatter(home, open)
    : await findMatter(tx, parts, inbound, { home, open, elsewhere }, now);
  sofar.communityId = matter.community.id;
  sofar.wasKnown = personIn(known, matter.community.id) !== null;
  return { ...matter, known, given: given?.understood ?? null };
}

function findMatter(tx: Transaction, parts: TurnParts, inbound: Inbound, shared: Shared, now: Date): Promise<Matter> {
  const read = (matter: Matter) => understandHere(tx, parts, inbound, matter, now);
  return whoseMatter(tx, { read, openActivities: (id) => parts.openActivities(tx, id, now) }, shared);
}

/** The chat decides; a private chat nobody opened yet is that of the community that met the sender first. */
async function communityFor(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  { chat, people }: Met,
  given: CodeGiven | null,
): Promise<string | null> {
  const isPrivate = inbound.chat.kind === 'direct';
  if (chat !== null && !(isPrivate && given?.overrulesChat === true)) return chat.communityId;
  const met = isPrivate ? people[0]?.communityId : undefined;
  return given?.communityId ?? met ?? parts.homeOf(tx, inbound);
}

/** In a private chat whichever community asked. */
async function findOpenQuestion(
  tx: Transaction,
  known: Met,
  home: Community,
  now: Date,
): Promise<FoundConversation | null> {
  const { chat, people } = known;
  if (chat === null) return null;
  if (chat.kind === 'direct') {
    const open = await findPrivateConversation(tx, chat.id, now);
    return people.some(({ id }) => id === open?.personId) ? open : null;
  }
  const person = personIn(known, home.id);
  return person === null
    ? null
    : findConversation(tx, { chatId: chat.id, personId: person.id, communityId: home.id }, now);
}

function meantFirst({ router }: TurnParts, inbound: Inbound): Understood | null {
  for (const feature of router.features) {
    const meant = feature.hearsFirst?.(inbound) ?? null;
    if (meant !== null) return meant;
  }
  return null;
}

/** What it means because of what was said in this chat before; `null`: its own words tell. */
async function meantHere(
  tx: Transaction,
  { router }: TurnParts,
  inbound: Inbound,
  { community, known: { chat } }: Scene,
  now: Date,
): Promise<Understood | null> {
  if (chat === null) return null;
  for (const feature of router.features) {
    // Nearly none does, and waiting for nothing takes its time too.
    if (feature.hearsHere === undefined) continue;
    const meant = await feature.hearsHere({ tx, now, community, chat, inbound });
    if (meant !== null) return meant;
  }
  return null;
}

async function understandHere(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  matter: Matter,
  now: Date,
): Promise<Understood> {
  return parts.understand(await utteranceOf(tx, parts, inbound, matter, now));
}

async function utteranceOf(
  tx: Transaction,
  parts: TurnParts,
  inbound: Inbound,
  { community, conversation }: Matter,
  now: Date,
): Promise<Utterance> {
  const activities = await parts.openActivities(tx, community.id, now);
  const words = await listOwnWords(tx, community.id);
  return {
    text: inbound.text,
    chat: inbound.chat.kind,
    mentioned: inbound.mentioned,
    at: inbound.at.toISOString(),
    open: conversation?.question ?? null,
    activities: [...activities],
    words,
  };
}
