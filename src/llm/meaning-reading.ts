/** Reads what a model answered: by the contract alone, and nothing that the person did not say themselves. */
import type { Slots, Understood } from '../model/understanding.ts';
import { Meaning } from './meaning-contract.ts';

export interface SentMessage {
  /** As the person wrote it: words are taken only where they stand here. */
  readonly said: string;
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
  const own = mapWords(slots, (words) => putBack(words, sent.hidden));
  return stands(own, sent) ? { intent: meaning.intent, slots: own } : null;
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

const WORDS = ['item', 'activity', 'place'] as const;
const PLACEHOLDER = /\u27e6P(\d{1,3})\u27e7/g;

function mapWords(slots: Slots, change: (words: string) => string): Slots {
  const changed = WORDS.flatMap((name) => {
    const words = slots[name];
    return words === undefined ? [] : [[name, change(words)] as const];
  });
  return { ...slots, ...Object.fromEntries(changed) };
}

/** One that was never sent stays, and stands in nobody's words. */
function putBack(words: string, hidden: readonly string[]): string {
  return words.replace(PLACEHOLDER, (whole, number: string) => hidden[Number(number) - 1] ?? whole);
}

function stands(slots: Slots, { said, habits, activities }: SentMessage): boolean {
  const isTitle = slots.activity !== undefined && activities.includes(slots.activity);
  const words = WORDS.flatMap((name) => (name === 'activity' && isTitle ? [] : (slots[name] ?? [])));
  const ids = [...(slots.habits ?? []), ...(slots.add ?? []), ...(slots.remove ?? [])];
  return words.every((word) => said.includes(word)) && ids.every((id) => habits.has(id));
}
