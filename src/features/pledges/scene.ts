/** What every handler of the feature needs, and the ways to speak so that nothing personal is said in a group. */
import { isMadeOf } from '../../lib/made-of.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Community } from '../../model/community.ts';
import { CONSENT_VERSION } from '../../model/consent.ts';
import type { Gathering, Outgoing, Said } from '../../model/outgoing.ts';
import type { PledgeActor } from '../../model/pledge.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { QuestionKind } from '../../model/understanding.ts';
import type { Ask, Effects, OtherAsk, Outcome, Turn } from '../../runtime/feature.ts';
import { findPrivateConversation } from '../../store/conversation-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { listSettledMembers } from './newcomer-service.ts';
import { DRAFT_VERSION, type PledgeDraft, type Step } from './pledge-draft.ts';
import { type Words, wordsIn } from './pledge-words.ts';
import type { HabitBook } from './pledges-rules.ts';
import { say } from './pledges-texts.ts';

export interface PledgeParts {
  /** The habits as the content stands now. */
  readonly habitBook: () => HabitBook;
  readonly render: RenderText;
  /** What the third choice under the question for a yes brings. */
  readonly privacyNotice: (community: Community) => Said;
  /** The form of the residents' page, below the public address. */
  readonly formPath?: (community: Community) => string;
}

export interface Scene {
  readonly turn: Turn;
  readonly parts: PledgeParts;
  readonly book: HabitBook;
  readonly words: Words;
  readonly actor: PledgeActor;
  /** By the clock of the community. */
  readonly day: string;
  /** Agreed to the notice as it reads today. */
  readonly hasConsented: boolean;
}

export function sceneOf(turn: Turn, parts: PledgeParts): Scene {
  const book = parts.habitBook();
  return {
    turn,
    parts,
    book,
    words: wordsIn(turn.community.locale, parts.render, book),
    actor: { personId: turn.person.id, staffId: null },
    day: localDate(turn.now, turn.community.settings.zone),
    hasConsented: turn.person.consentedAt !== null && turn.person.consentVersion === CONSENT_VERSION,
  };
}

/** What is for this person alone: here where it is private, else in the private chat, else `inGroup` says how to go on. */
export async function sayAlone(
  { turn }: Scene,
  said: Said,
  inGroup: Said | null,
  gathering?: Gathering,
): Promise<Outgoing[]> {
  if (turn.chat.kind === 'direct') return [{ to: 'here', said }];
  if ((await findPrivateChat(turn.tx, turn.person.id)) !== null) return [{ to: 'in-private', said }];
  if (inGroup === null) return [];
  return [{ to: 'here', said: inGroup, ...(gathering === undefined ? {} : { gathering }) }];
}

/** Whether the message says these words and no other; `key` holds them, parted by spaces. */
export function saysOnly(
  { turn, parts }: Scene,
  key:
    | 'pledge.yes-words'
    | 'pledge.drop-words'
    | 'pledge.enough-words'
    | 'pledge.no-room-words'
    | 'pledge.change-how-words',
): boolean {
  return isMadeOf(turn.text.replace(MENTION, ''), parts.render(turn.community.locale, key, {}, ''));
}

const MENTION = /^@\S+\s+/u;

const A_DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * In private to the other members of the household: the pledge is theirs too, and a stranger at their door is noticed.
 * The buttons come with a question of their own; who is being asked something else meanwhile gets the words alone.
 */
export async function tellOthers({ turn }: Scene, householdId: string, said: Said, ask: Ask | null): Promise<Effects> {
  const { tx, now, person } = turn;
  const others = (await listSettledMembers(tx, householdId, now)).filter((id) => id !== person.id);
  const notAfter = new Date(now.getTime() + A_DAY_MS);
  const messages: Outgoing[] = [];
  const askOthers: OtherAsk[] = [];
  for (const personId of others) {
    const chat = await findPrivateChat(tx, personId);
    const isFree = chat !== null && (await findPrivateConversation(tx, chat.id, now)) === null;
    if (isFree && ask !== null) askOthers.push({ ...ask, chatId: chat.id, personId });
    messages.push({ to: { personId }, said: isFree ? said : { ...said, choices: [] }, kind: 'reminder', notAfter });
  }
  return { messages, askOthers };
}

/** Something for this person alone with a button under it, which can be pressed by its number as well. */
export async function sayWithButton(
  { turn }: Scene,
  said: Said,
  step: Extract<Step, 'begin' | 'renew'>,
  inGroup: Said,
): Promise<Outcome> {
  const ask = buttonAsk(step);
  if (turn.chat.kind === 'direct') {
    // What is still being asked here is not taken away by a button.
    if (turn.conversation !== null) return { messages: [{ to: 'here', said: { ...said, choices: [] } }] };
    return { messages: [{ to: 'here', said }], ask };
  }
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) return { messages: [{ to: 'here', said: inGroup }] };
  return {
    messages: [{ to: { chatId: privateChat.id }, said }],
    askOthers: [{ ...ask, chatId: privateChat.id, personId: turn.person.id }],
  };
}

export function buttonAsk(step: Extract<Step, 'begin' | 'renew'>): Ask {
  const question = { kind: 'confirm' as const, options: [step] };
  return { step, version: DRAFT_VERSION, question, answers: { habits: [], topics: [] } };
}

/** A question that only means something together with the draft it is about. */
export interface DraftQuestion {
  readonly said: Said;
  readonly step: Step;
  readonly kind: QuestionKind;
  readonly options?: readonly string[];
  /** A day unless said otherwise. */
  readonly openForMs?: number;
  /**
   * What is said in a group where the person has no private chat; `asks` when it can be answered there. `together`:
   * how several are asked at once.
   */
  readonly inGroup: { readonly said: Said; readonly asks: boolean; readonly together?: Saying };
}

/** Asked in a group, the question moves to the private chat, and so does the draft. */
export async function askAlone({ turn }: Scene, draft: PledgeDraft, question: DraftQuestion): Promise<Outcome> {
  const ask = askOf(draft, question);
  if (turn.chat.kind === 'direct') return { messages: [{ to: 'here', said: question.said }], ask };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) {
    const { said, asks, together } = question.inGroup;
    const gathering = together === undefined ? {} : { gathering: { said: together, of: turn.person.id } };
    return { messages: [{ to: 'here', said, ...gathering }], ask: asks ? ask : null };
  }
  return {
    messages: [
      {
        to: 'here',
        said: say('pledge.group-taken'),
        gathering: { said: say('pledge.gathered-taken', { count: 1 }), of: turn.person.id },
      },
      { to: { chatId: privateChat.id }, said: question.said },
    ],
    ask: null,
    askOthers: [{ ...ask, chatId: privateChat.id, personId: turn.person.id }],
  };
}

function askOf(draft: PledgeDraft, { step, kind, options, openForMs }: DraftQuestion): Ask {
  const { habits, topics, place, people, asked } = draft;
  return {
    step,
    version: DRAFT_VERSION,
    ...(openForMs === undefined ? {} : { openForMs }),
    question: { kind, ...(options === undefined ? {} : { options: [...options] }) },
    answers: {
      habits,
      topics,
      // JSON knows no undefined.
      ...(place === undefined ? {} : { place: JSON.parse(JSON.stringify(place)) }),
      ...(people === undefined ? {} : { people }),
      ...(asked === undefined ? {} : { asked }),
    },
  };
}
