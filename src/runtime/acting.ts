/** What the features make of a message: who acts on it, who asks again, and what question stays open after it. */
import type { Inbound } from '../model/inbound.ts';
import type { Utterance } from '../model/understanding.ts';
import { deleteConversation, dropOtherQuestions, type FoundConversation } from '../store/conversation-table.ts';
import { countSaidInARow } from '../store/said-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Conversation, Effects, Feature, Outcome, Turn } from './feature.ts';
import { openQuestion } from './question.ts';
import type { Router } from './router.ts';
import type { Hearing, SecondReader, Unread } from './second-reader.ts';
import { actOnGuess, leavesRoomForGuess, setAsideToRead } from './second-reading.ts';

/** What a message is heard with. */
export interface Listening {
  readonly router: Router;
  readonly second?: SecondReader | undefined;
  readonly inbound: Inbound;
  readonly conversation: FoundConversation | null;
  readonly hearing: Hearing;
  readonly utterance: () => Promise<Utterance>;
}

/** Nothing has been done about it but to keep it. */
interface SetAside {
  readonly unread: Unread;
}

interface Acted {
  readonly feature: string;
  readonly effects: Effects;
}

/** Who had something to answer and was not understood hears the question again, rather than that nobody understands. */
export async function actOrAskAgain(listening: Listening, feature: Feature, turn: Turn): Promise<Acted[] | SetAside> {
  const { router, conversation } = listening;
  const mayBeAnAnswer = turn.understood.intent === 'none' && feature.standsAlone?.(turn.text) !== true;
  const asker = mayBeAnAnswer ? router.asker(conversation) : null;
  const again = asker === null ? null : await askAgain(asker, { ...turn, conversation: openFor(asker, conversation) });
  if (again === 'enough') return actFully(listening, feature, { ...turn, askedInVain: true });
  return again === null ? actFully(listening, feature, turn) : [again];
}

/** Whoever got the same words twice does not need them a third time. */
const ASKED_ENOUGH = 2;

/** `enough`: that has not helped; the question stays open, and a person may. */
async function askAgain(asker: Feature, turn: Turn): Promise<Acted | 'enough' | null> {
  const outcome = await asker.unclear?.(turn);
  if (outcome == null) return null;
  const key = outcome.messages.find(({ to }) => to === 'here')?.said.key;
  const mayBeMore = turn.chat.kind === 'direct' && key !== undefined && saysSomething(turn.text);
  if (mayBeMore && (await countSaidInARow(turn.tx, turn.chat.id, key, ASKED_ENOUGH)) === ASKED_ENOUGH) return 'enough';
  await keepQuestion(turn.tx, asker, turn, outcome);
  return { feature: asker.name, effects: outcome };
}

/** A hum or a row of laughter is nothing a person could answer. */
function saysSomething(text: string): boolean {
  return new Set(text.match(/\p{L}/gu)).size >= LETTERS_OF_A_WISH;
}

const LETTERS_OF_A_WISH = 4;

/** A feature that learns what was meant hands on to the one that can act on it, once. */
async function actFully(listening: Listening, asked: Feature, turn: Turn): Promise<Acted[] | SetAside> {
  const acted = await actOrRead(listening, asked, turn);
  if ('unread' in acted) return acted;
  const { feature, outcome } = acted;
  await keepQuestion(turn.tx, feature, turn, outcome);
  const first = { feature: feature.name, effects: outcome };
  const { readAs, readFrom } = outcome;
  const next = readAs === undefined ? null : listening.router.featureFor(readAs.intent, null);
  if (readAs === undefined || next === null) return [first];
  const earlier = readFrom === undefined ? {} : { text: readFrom, addressed: true };
  const handed: Turn = { ...turn, ...earlier, understood: readAs, conversation: null };
  const effects = await next.act(handed);
  await keepQuestion(turn.tx, next, handed, effects);
  return [first, { feature: next.name, effects }];
}

/** Where nobody understands, a model is asked before that is said; not in here, but with the message set aside. */
async function actOrRead(
  { router, second, inbound, conversation, hearing, utterance }: Listening,
  feature: Feature,
  turn: Turn,
): Promise<SetAside | { readonly feature: Feature; readonly outcome: Outcome }> {
  const outcome = await feature.act(turn);
  if (outcome.isUnclear !== true || !leavesRoomForGuess(conversation)) return { feature, outcome };
  if (hearing.what === 'first' && second !== undefined) {
    const unread = await setAsideToRead(turn, second, inbound, utterance);
    if (unread !== null) return { unread };
  }
  const guess = hearing.what === 'told' ? await actOnGuess(turn, hearing.meant, router.offerer) : null;
  return guess === null ? { feature, outcome } : { feature: guess.feature ?? feature, outcome: guess.outcome };
}

async function keepQuestion(tx: Transaction, feature: Feature, turn: Turn, { ask }: Outcome): Promise<void> {
  const here = { chatId: turn.chat.id, personId: turn.person.id, communityId: turn.community.id };
  if (ask === null && turn.conversation !== null) await deleteConversation(tx, here);
  if (ask == null) return;
  if (turn.elsewhere !== undefined && turn.elsewhere.length > 0) await dropOtherQuestions(tx, here);
  await openQuestion(tx, feature.name, here, ask, turn.now);
}

export function openFor(feature: Feature | null, conversation: FoundConversation | null): Conversation | null {
  if (feature === null || conversation?.feature !== feature.name) return null;
  const { step, version, question, answers } = conversation;
  return { step, version, question, answers: answers() };
}
