/** What a person means: one intent with its slots, by rules alone. Pure; the same words always mean the same. */
import type { IntentName, Slots, Understood, Utterance } from '../model/understanding.ts';
import { BAR, type Evidence, type IntentReader, NEAR, total } from './evidence.ts';
import { INTENT_READERS } from './intents/intent-list.ts';
import { type Reading, read } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Explanation extends Understood {
  /** The one spelling in which the message was matched. */
  readonly heard: string;
  /** The phrases of the tables that stand in it, in the order of the text. */
  readonly phrases: readonly HeardPhrase[];
  /** Every intent with at least one reason, the strongest first. */
  readonly candidates: readonly Candidate[];
}

export interface HeardPhrase {
  readonly said: string;
  /** The table's name for what it tells: a signal, a kind of thing. */
  readonly kind: string;
  /** Which one: the id of a habit, the name of a thing. */
  readonly value: string;
}

export interface Candidate {
  readonly intent: IntentName;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** False where the words fit but nobody spoke to the bot. */
  readonly allowed: boolean;
}

interface Scored {
  readonly reader: IntentReader;
  readonly score: number;
}

export function understand(utterance: Utterance, vocabulary: Vocabulary): Understood {
  return decide(read(utterance, vocabulary));
}

/** The same answer with its reasons, for the worker's inbox and for whoever edits the tables. */
export function explain(utterance: Utterance, vocabulary: Vocabulary): Explanation {
  const reading = read(utterance, vocabulary);
  const candidates = INTENT_READERS.map((reader) => {
    const evidence = reader.weigh(reading);
    return { intent: reader.intent, score: total(evidence), evidence, allowed: mayTake(reader, reading) };
  });
  return {
    ...decide(reading),
    heard: reading.heard,
    phrases: phrasesOf(reading),
    candidates: candidates.filter(({ evidence }) => evidence.length > 0).sort((a, b) => b.score - a.score),
  };
}

function phrasesOf({ hits, text }: Reading): HeardPhrase[] {
  return [...hits.values()]
    .flat()
    .sort((one, other) => one.start - other.start || other.end - one.end)
    .map(({ start, end, kind, value }) => ({ said: text.slice(start, end), kind, value }));
}

function decide(reading: Reading): Understood {
  const fitting: Scored[] = [];
  for (const reader of INTENT_READERS) {
    const score = total(reader.weigh(reading));
    if (score >= BAR && mayTake(reader, reading)) fitting.push({ reader, score });
  }
  const best = Math.max(...fitting.map(({ score }) => score));
  const near = fitting.filter(({ score }) => best - score < NEAR);
  const answers = near.map(({ reader }) => ({ intent: reader.intent, slots: reader.slots(reading) }));
  return answers.sort((a, b) => slotCount(a.slots) - slotCount(b.slots))[0] ?? { intent: 'none', slots: {} };
}

/** In a group that did not call the bot, silence is the default. */
function mayTake(reader: IntentReader, reading: Reading): boolean {
  return reading.addressed || (!reading.toSomeoneElse && (reader.overheard?.(reading) ?? false));
}

function slotCount(slots: Slots): number {
  return Object.keys(slots).length;
}
