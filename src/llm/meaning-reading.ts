/** Reads what a model answered: by the contract alone, and nothing that the person did not say themselves. */
import type { Slots, Understood } from '../model/understanding.ts';
import { Meaning } from './meaning-contract.ts';

export interface SentMessage {
  /** As the person wrote it: a place is taken only where it stands here. */
  readonly said: string;
  /** As it left the house: a thing and an activity are named in words of these, and never lead to a person. */
  readonly redacted: string;
  /** What ⟦P1⟧, ⟦P2⟧ … stand for. */
  readonly hidden: readonly string[];
  /** The ids of the habits there are. */
  readonly habits: ReadonlySet<string>;
  /** The titles it was given to choose from. */
  readonly activities: readonly string[];
}

/** `null`: it is not of the contract, or holds what nobody said. */
export function readMeaning(answer: string, sent: SentMessage): Understood | null {
  const meaning = Meaning.safeParse(withoutEmpty(objectIn(answer))).data;
  if (meaning === undefined) return null;
  const slots = slotsOf(meaning);
  if (!stands(slots, sent)) return null;
  const { place } = slots;
  return {
    intent: meaning.intent,
    slots: place === undefined ? slots : { ...slots, place: putBack(place, sent.hidden) },
  };
}

/** Models put their answer between fences, or think aloud before it. */
function objectIn(answer: string): unknown {
  const text = answer.replace(/^[\s\S]*<\/think>/, '');
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (from === -1 || to < from) return undefined;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

/** Of a slot that was not said some write null or nothing at all, and of no slots at all nothing. */
function withoutEmpty(answer: unknown): unknown {
  if (!isRecord(answer)) return answer;
  const { slots = {} } = answer;
  if (!isRecord(slots)) return answer;
  const said = Object.entries(slots).filter(([, value]) => {
    return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  return { ...answer, slots: Object.fromEntries(said) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function slotsOf(meaning: Meaning): Slots {
  switch (meaning.intent) {
    case 'pledge.make': {
      const { habits, topics } = meaning.slots;
      return { ...(habits === undefined ? {} : { habits }), ...(topics === undefined ? {} : { topics }) };
    }
    case 'pledge.change': {
      const { add, remove } = meaning.slots;
      return { ...(add === undefined ? {} : { add }), ...(remove === undefined ? {} : { remove }) };
    }
    case 'check-in':
      return meaning.slots.habits === undefined ? {} : { habits: meaning.slots.habits };
    case 'sign-up.join':
    case 'sign-up.cancel':
      return meaning.slots.activity === undefined ? {} : { activity: meaning.slots.activity };
    case 'waste.ask':
      return meaning.slots.item === undefined ? {} : { item: meaning.slots.item };
    case 'tip.ask':
      return meaning.slots.topic === undefined ? {} : { topic: meaning.slots.topic };
    case 'issue.report': {
      const { about, place } = meaning.slots;
      return { ...(about === undefined ? {} : { about }), ...(place === undefined ? {} : { place }) };
    }
    default:
      return {};
  }
}

const PLACEHOLDER = /\u27e6P(\d{1,3})\u27e7/g;

/** One that was never sent stays, and stands in nobody's words. */
function putBack(words: string, hidden: readonly string[]): string {
  return words.replace(PLACEHOLDER, (whole, number: string) => hidden[Number(number) - 1] ?? whole);
}

function stands({ item, activity, place, ...ids }: Slots, sent: SentMessage): boolean {
  const isOurs = activity === undefined || sent.activities.includes(activity);
  const isPlaced = place === undefined || sent.said.includes(putBack(place, sent.hidden));
  const named = [item, isOurs ? undefined : activity].filter((words) => words !== undefined);
  const habits = [...(ids.habits ?? []), ...(ids.add ?? []), ...(ids.remove ?? [])];
  return isPlaced && named.every((words) => isOpen(words, sent)) && habits.every((id) => sent.habits.has(id));
}

/** What was hidden from the model is not to be repeated by us as the name of something either. */
function isOpen(words: string, { redacted }: SentMessage): boolean {
  return words.search(PLACEHOLDER) === -1 && redacted.includes(words);
}
