/** An honest "I did not understand", with the three likeliest things; the last one is always a person. */
import { z } from 'zod';
import { normaliseName } from '../../content/name-index.ts';
import { cutGraphemes } from '../../lib/text.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { type DeskContent, inWords } from './front-desk-parts.ts';
import { say } from './front-desk-texts.ts';
import { type DeskWords, likelyThings, THINGS, type Thing } from './front-desk-words.ts';
import { callPerson, passOn } from './person.ts';

const STEP = 'unclear';
const VERSION = 1;
const Answers = z.object({ text: z.string(), things: z.array(z.enum(THINGS)) });

export function askWhatWasMeant(turn: Turn, content: DeskContent, words: DeskWords): Outcome {
  const things = likelyThings(turn.text, words);
  const labels = labelsOf(things);
  const ask = {
    step: STEP,
    version: VERSION,
    // Bare numbers: a new matter that shares a word with a label is not an answer. Labels are matched here, whole.
    question: { kind: 'choose-shift' as const, options: labels.map((_, index) => String(index + 1)) },
    answers: { text: withEarlier(turn), things: [...things] },
  };
  const [first = '', second = ''] = labels.map((label) => inWords(content, turn.community, label));
  const said: Said =
    turn.chat.kind === 'group'
      ? say('desk.unclear-group', { first, second })
      : { ...say('desk.unclear'), choices: labels.map((label) => ({ label })) };
  return { messages: [{ to: 'here', said }], ask, isUnclear: true };
}

// What a person reads of it, and what is kept of an open question.
const MOST_SAID = 500;

/** Who was not understood twice has often said half of it each time: a person of the committee gets both. */
function withEarlier({ conversation, text }: Turn): string {
  const earlier = conversation?.step === STEP && conversation.version === VERSION ? conversation.answers : null;
  const answers = Answers.safeParse(earlier);
  const said = answers.success && answers.data.text.trim() !== '' ? `${answers.data.text}\n${text}` : text;
  return said === text ? text : cutGraphemes(said, MOST_SAID);
}

/** What was chosen of the three; null where no such question is open or the answer is none of it. */
export async function readChosen(turn: Turn, content: DeskContent): Promise<Outcome | null> {
  const { conversation } = turn;
  if (conversation === null || !isUnclearOpen(turn)) return null;
  const answers = Answers.safeParse(conversation.answers);
  if (!answers.success) return null;
  const { intent, slots } = turn.understood;
  if (intent === 'confirm' && slots.yes === false) {
    return { messages: turn.addressed ? [{ to: 'here', said: say('desk.let-go') }] : [], ask: null };
  }
  const { text, things } = answers.data;
  const labels = labelsOf(things).map((label) => inWords(content, turn.community, label));
  const number = turn.understood.slots.numbers?.[0] ?? numberOf(turn.text, labels);
  if (number === null) return null;
  if (number === labels.length) return text.trim() === '' ? callPerson(turn) : passOn(turn, text);
  const thing = things[number - 1];
  if (thing === undefined) return null;
  return { ...wayTo(thing), ask: null };
}

/** Whether this person has been asked which of the three it is. */
export function isUnclearOpen({ conversation }: Turn): boolean {
  return conversation?.step === STEP && conversation.version === VERSION;
}

function labelsOf(things: readonly Thing[]): readonly Saying[] {
  return [...things.map(nameOf), say('desk.thing-person')];
}

function numberOf(text: string, labels: readonly string[]): number | null {
  const index = labels.findIndex((label) => normaliseName(label) === normaliseName(text));
  return index === -1 ? null : index + 1;
}

function nameOf(thing: Thing) {
  switch (thing) {
    case 'activity':
      return say('desk.thing-activity');
    case 'waste':
      return say('desk.thing-waste');
    case 'pledge':
      return say('desk.thing-pledge');
    case 'tip':
      return say('desk.thing-tip');
  }
}

/** Done at once where a sentence is enough; a thing to throw away has to be named first. */
function wayTo(thing: Thing): Outcome {
  switch (thing) {
    case 'activity':
      return { messages: [], readAs: { intent: 'sign-up.list', slots: {} } };
    case 'waste':
      return { messages: [{ to: 'here', said: say('desk.go-waste') }] };
    case 'pledge':
      return { messages: [], readAs: { intent: 'pledge.make', slots: {} } };
    case 'tip':
      return { messages: [], readAs: { intent: 'tip.ask', slots: {} } };
  }
}
