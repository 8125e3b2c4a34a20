/** Joining one shift, and saying what became of it. */
import type { Shift } from '../../model/activity.ts';
import type { Gathering, Outgoing } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Ask, Outcome, Turn } from '../../runtime/feature.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { listOwnSignUps } from '../../store/sign-up-table.ts';
import { type JoinWish, joinQuestion, MOST_CHOICES, shiftChoices, withPlaces } from './shift-choice.ts';
import { shiftWords } from './shift-words.ts';
import { type JoinResult, joinShift } from './sign-up-service.ts';
import { ANSWERS_VERSION, FEATURE, type NameAnswers, type SmallerAnswers } from './volunteering-answers.ts';
import { overlaps, placesLeft } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

/** `others`: what else could be joined where this one is full. */
export async function joinOne(turn: Turn, shiftId: string, wish: JoinWish, others: readonly Shift[]): Promise<Outcome> {
  const { tx, community, person, chat, now } = turn;
  // Only a form knows the id of a shift.
  const source = turn.understood.slots.shift === undefined ? 'chat' : 'form';
  const request = { ...wish, community, shiftId, personId: person.id, chatId: chat.id, source } as const;
  const result = await joinShift(tx, request, now);
  const answer = await answerTo(turn, result, wish, others);
  const effects = result.ok ? result.effects : { messages: [] };
  const askOthers = [...(answer.askOthers ?? []), ...(effects.askOthers ?? [])];
  return { ...answer, messages: [...answer.messages, ...effects.messages], askOthers };
}

type Ok = Extract<JoinResult, { ok: true }>;
type Waiting = Extract<Ok, { change: 'waiting' | 'still-waiting' }>;

async function answerTo(turn: Turn, result: JoinResult, wish: JoinWish, others: readonly Shift[]): Promise<Outcome> {
  if (!result.ok) return refused(turn, result);
  switch (result.change) {
    case 'joined':
      return joined(turn, result);
    case 'party-changed':
      return here(changedWords(turn, result));
    case 'already':
      return here(standingWords(turn, result, 'shift.already', 'shift.already-group'));
    case 'still-waiting':
      return stillWaiting(turn, result);
    case 'waiting':
      return waiting(turn, result, wish, others);
  }
}

async function joined(turn: Turn, result: Ok): Promise<Outcome> {
  const words = standingWords(turn, result, 'shift.joined', 'shift.joined-group');
  const isPrivate = turn.chat.kind === 'direct';
  // Whose name and number are kept, and how to see it, is one tap away the first time.
  const said = isPrivate && result.isFirst ? { ...words, choices: [{ label: say('shift.privacy-word') }] } : words;
  const answer: Outgoing = isPrivate
    ? { to: 'here', said }
    : { to: 'here', said, gathering: joinedTogether(turn, result) };
  const clash = await clashes(turn, result);
  const first: Outcome = { messages: [answer, ...clash], ask: null };
  return result.wantsName ? askName(turn, first, result) : first;
}

/** Several who sign up at once are counted; where and when to be there each hears in private. */
function joinedTogether({ community, now, person }: Turn, { shift, signUp: { party } }: Ok): Gathering {
  const { title, day, time, place } = shiftWords(shift, community, now);
  return {
    said: say('shift.gathered', { title, day, count: party }),
    of: person.id,
    alone: say('shift.joined', { title, day, time, place, party }),
  };
}

/** Once, and only in private: an answer is welcome, silence is fine. */
async function askName(turn: Turn, first: Outcome, { signUp }: Ok): Promise<Outcome> {
  const answers = { signUp: signUp.id } satisfies NameAnswers;
  const ask: Ask = {
    step: FEATURE.steps.name,
    version: ANSWERS_VERSION,
    question: { kind: 'give-name' },
    answers,
  };
  if (turn.chat.kind === 'direct') {
    return { messages: [...first.messages, { to: 'here', said: say('shift.ask-name') }], ask };
  }
  const chat = await findPrivateChat(turn.tx, turn.person.id);
  if (chat === null) return first;
  const message: Outgoing = { to: { chatId: chat.id }, said: say('shift.ask-name') };
  const asked = { ...ask, chatId: chat.id, personId: turn.person.id };
  return { ...first, messages: [...first.messages, message], askOthers: [asked] };
}

/** Two at the same time is their own affair; they are told, in private. */
async function clashes({ tx, person, community, chat, now }: Turn, { shift, isFirst }: Ok): Promise<Outgoing[]> {
  if (isFirst) return [];
  const own = await listOwnSignUps(tx, person.id, now);
  const other = own.find(
    ({ signUp, shift: theirs }) =>
      signUp.state !== 'waiting' && theirs.id !== shift.id && theirs.state !== 'cancelled' && overlaps(theirs, shift),
  );
  if (other === undefined) return [];
  const { title, day, time } = shiftWords(other.shift, community, now);
  return [{ to: chat.kind === 'direct' ? 'here' : 'in-private', said: say('shift.clash', { title, day, time }) }];
}

async function waiting(turn: Turn, result: Waiting, wish: JoinWish, others: readonly Shift[]): Promise<Outcome> {
  const { title, day } = shiftWords(result.shift, turn.community, turn.now);
  const position = result.ahead + 1;
  if (turn.chat.kind === 'group') {
    const gathering: Gathering = {
      said: say('shift.gathered-waiting', { title, day, count: result.signUp.party }),
      of: turn.person.id,
      alone: say('shift.waiting', { title, day, position }),
    };
    return withName(turn, { said: say('shift.waiting-group', { title, day, position }), gathering }, result);
  }
  const left = placesLeft(result.shift) ?? 0;
  if (left > 0) return fewer(turn, result, left);
  const own = new Set((await listOwnSignUps(turn.tx, turn.person.id, turn.now)).map(({ shift }) => shift.id));
  const free = withPlaces(others, wish.party ?? 1, turn.now).filter(({ id }) => !own.has(id));
  const elsewhere = free.slice(0, MOST_CHOICES);
  const said = say('shift.waiting', { title, day, position });
  if (elsewhere.length === 0) return withName(turn, { said }, result);
  const words: Outgoing = { to: 'here', said };
  return {
    messages: [words, shiftChoices(turn, say('shift.with-places'), elsewhere)],
    ask: joinQuestion(turn, elsewhere, wish),
  };
}

async function withName(turn: Turn, words: Pick<Outgoing, 'said' | 'gathering'>, result: Ok): Promise<Outcome> {
  const first: Outcome = { messages: [{ to: 'here', ...words }], ask: null };
  return result.wantsName ? askName(turn, first, result) : first;
}

/** Not all of them fit: they wait together, or some of them come. */
function fewer(turn: Turn, { shift, signUp, ahead }: Waiting, left: number): Outcome {
  const { title, day } = shiftWords(shift, turn.community, turn.now);
  const words = say('shift.waiting-part', { title, day, left, party: signUp.party, position: ahead + 1 });
  const choices = [{ label: say('shift.smaller-yes', { left }) }, { label: say('shift.smaller-no') }];
  const answers: SmallerAnswers = { shift: shift.id, party: left };
  return {
    messages: [{ to: 'here', said: { ...words, choices } }],
    ask: { step: FEATURE.steps.smaller, version: ANSWERS_VERSION, question: { kind: 'confirm' }, answers },
  };
}

function standingWords<K extends 'shift.joined' | 'shift.already', G extends `${K}-group`>(
  { community, chat, now }: Turn,
  { shift, signUp }: Ok,
  key: K,
  groupKey: G,
): Saying {
  const { title, day, time, place } = shiftWords(shift, community, now);
  const { party } = signUp;
  return chat.kind === 'group'
    ? { key: groupKey, variables: { title, day, party } }
    : { key, variables: { title, day, time, place, party } };
}

function changedWords({ community, now }: Turn, { shift, signUp: { party } }: Ok): Saying {
  const { title, day } = shiftWords(shift, community, now);
  return say('shift.party-changed', { title, day, party });
}

function stillWaiting(turn: Turn, result: Waiting): Outcome {
  const left = placesLeft(result.shift) ?? 0;
  if (left > 0 && turn.chat.kind === 'direct') return fewer(turn, result, left);
  const { title, day } = shiftWords(result.shift, turn.community, turn.now);
  const { party } = result.signUp;
  return here(say('shift.still-waiting', { title, day, party, position: result.ahead + 1 }));
}

function refused({ community, now }: Turn, result: Extract<JoinResult, { ok: false }>): Outcome {
  if (result.why === 'gone') return here(say('shift.none-planned'));
  const { title, day } = shiftWords(result.shift, community, now);
  switch (result.why) {
    case 'past':
      return here(say('shift.past', { title, day }));
    case 'closed':
      return here(say('shift.closed', { title, day }));
    case 'called-off':
      return here(say('shift.called-off', { title, day }));
    case 'too-many':
      return here(say('shift.too-many', { title, most: result.most }));
    case 'no-room-for-more': {
      const left = placesLeft(result.shift) ?? 0;
      return here(say('shift.no-room-for-more', { title, left, party: result.signUp.party }));
    }
  }
}

function here(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }], ask: null };
}
