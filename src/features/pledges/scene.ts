/** What every handler of the feature needs, and the ways to speak so that nothing personal is said in a group. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Community } from '../../model/community.ts';
import { CONSENT_VERSION } from '../../model/consent.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { PledgeActor } from '../../model/pledge.ts';
import type { RenderText } from '../../model/text.ts';
import type { QuestionKind } from '../../model/understanding.ts';
import type { Ask, Outcome, Turn } from '../../runtime/feature.ts';
import { findPrivateChat } from '../../store/chat-table.ts';
import { listMemberIds } from '../../store/household-table.ts';
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
export async function sayAlone({ turn }: Scene, said: Said, inGroup: Said | null): Promise<Outgoing[]> {
  if (turn.chat.kind === 'direct') return [{ to: 'here', said }];
  if ((await findPrivateChat(turn.tx, turn.person.id)) !== null) return [{ to: 'in-private', said }];
  return inGroup === null ? [] : [{ to: 'here', said: inGroup }];
}

const A_DAY_MS = 24 * 60 * 60 * 1_000;

/** In private to the other members of the household: the pledge is theirs too, and a stranger at their door is noticed. */
export async function tellOthers({ turn }: Scene, householdId: string, said: Said): Promise<Outgoing[]> {
  const members = await listMemberIds(turn.tx, householdId);
  const notAfter = new Date(turn.now.getTime() + A_DAY_MS);
  return members
    .filter((id) => id !== turn.person.id)
    .map((personId) => ({ to: { personId }, said, kind: 'reminder', notAfter }));
}

/** A question that only means something together with the draft it is about. */
export interface DraftQuestion {
  readonly said: Said;
  readonly step: Step;
  readonly kind: QuestionKind;
  readonly options?: readonly string[];
  /** A day unless said otherwise. */
  readonly openForMs?: number;
  /** What is said in a group where the person has no private chat; `asks` when it can be answered there. */
  readonly inGroup: { readonly said: Said; readonly asks: boolean };
}

/** Asked in a group, the question moves to the private chat, and so does the draft. */
export async function askAlone({ turn }: Scene, draft: PledgeDraft, question: DraftQuestion): Promise<Outcome> {
  const ask = askOf(draft, question);
  if (turn.chat.kind === 'direct') return { messages: [{ to: 'here', said: question.said }], ask };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) {
    const { said, asks } = question.inGroup;
    return { messages: [{ to: 'here', said }], ask: asks ? ask : null };
  }
  return {
    messages: [
      { to: 'here', said: say('pledge.group-taken') },
      { to: { chatId: privateChat.id }, said: question.said },
    ],
    ask: null,
    askOthers: [{ ...ask, chatId: privateChat.id, personId: turn.person.id }],
  };
}

function askOf(draft: PledgeDraft, { step, kind, options, openForMs }: DraftQuestion): Ask {
  const { habits, topics, place, people } = draft;
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
    },
  };
}
