/** Asks a model what a message means: hides what is private, holds the answer to the contract, puts back what was hidden. */
import type { Content } from '../content/content.ts';
import { fillTemplate, parseTemplate } from '../content/text-template.ts';
import {
  compilePrivatePatterns,
  hidePrivateParts,
  PRIVATE_WORDS,
  type PrivatePatterns,
  type Redacted,
} from '../language/private-parts.ts';
import { slotsOfIntent } from '../language/slots-of-intent.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Metrics } from '../lib/metrics.ts';
import { readMeaning } from '../llm/meaning-reading.ts';
import type { ModelLine } from '../llm/model-line.ts';
import type { Understood, Utterance } from '../model/understanding.ts';
import type { DailyReadings, SecondReader, Unread } from '../runtime/second-reader.ts';

export interface SecondReaderParts {
  readonly line: ModelLine;
  readonly content: () => ReaderContent;
  readonly vocabulary: () => Vocabulary;
  readonly aDay: DailyReadings;
  readonly metrics: Pick<Metrics, 'count'>;
}

export type ReaderContent = Pick<Content, 'habits' | 'habitCategories' | 'instructions' | 'languageTables'>;

const NOTHING: Understood = { intent: 'none', slots: {} };
/** prompts/llm/understand.md. */
const TASK = 'understand';

export function createSecondReader({ line, content, vocabulary, aDay, metrics }: SecondReaderParts): SecondReader {
  const patterns = rememberPatterns();
  return {
    aDay,
    isSet: () => line.standing() !== 'none',
    isFree: () => line.isFree() && isEquipped(content()),
    read: async (unread) => {
      const known = { content: content(), vocabulary: vocabulary(), patterns: patterns(content()) };
      const question = questionOf(unread, known);
      const answer = await line.ask(question);
      const meant = answer?.ok === true ? readMeaning(answer.text, question) : NOTHING;
      metrics.count('llm_readings_total', { what: whatCameOf(answer?.ok, meant) });
      return meant === null || meant.intent === 'none' ? NOTHING : withReadSlots(meant, unread.utterance, vocabulary());
    },
  };
}

export interface KnownToReader {
  readonly content: ReaderContent;
  readonly vocabulary: Vocabulary;
  readonly patterns: PrivatePatterns;
}

/** Made once for each set of content: their first use costs some milliseconds. */
function rememberPatterns(): (content: ReaderContent) => PrivatePatterns {
  let known: { readonly of: ReaderContent; readonly patterns: PrivatePatterns } | undefined;
  return (content) => {
    if (known?.of !== content) known = { of: content, patterns: compilePrivatePatterns(content.languageTables) };
    return known.patterns;
  };
}

/** Without instructions nobody knows what to answer, and without the words nobody what to hide: a folder of one's own may lack either. */
export function isEquipped({ instructions, languageTables }: ReaderContent): boolean {
  return instructions.has(TASK) && (languageTables[PRIVATE_WORDS]?.length ?? 0) > 0;
}

/** What is sent, and what is needed to read the answer. */
export function questionOf({ utterance, names }: Unread, { content, vocabulary, patterns }: KnownToReader) {
  const hide = (text: string) => hidePrivateParts({ ...utterance, text }, names, vocabulary, patterns);
  const redacted: Redacted = hide(utterance.text);
  // A title that names somebody is left to the rules.
  const activities = (utterance.activities ?? []).filter((title) => hide(title).hidden.length === 0);
  return {
    instructions: instructionsFor(content, activities),
    // As JSON, so that nothing a person writes ends its quotes.
    text: JSON.stringify({ said: redacted.text }),
    redacted: redacted.text,
    said: redacted.said,
    hidden: redacted.hidden,
    habits: new Set(content.habits.map(({ id }) => id)),
    activities,
  };
}

function instructionsFor({ instructions, habits, habitCategories }: ReaderContent, activities: readonly string[]) {
  return fillTemplate(parseTemplate(instructions.get(TASK) ?? ''), {
    habits: habits.map(({ id, title }) => `${id} ${title}`).join('; '),
    topics: habitCategories.map(({ id, name }) => `${id} ${name}`).join('; '),
    activities: activities.length === 0 ? '-' : activities.join('; '),
  });
}

/** Numbers, days, doors and phones are read by the rules, which know them better and never sent them. */
function withReadSlots(meant: Understood, utterance: Utterance, vocabulary: Vocabulary): Understood {
  const read = slotsOfIntent(meant.intent, utterance, vocabulary);
  return { intent: meant.intent, slots: { ...read, ...meant.slots } };
}

function whatCameOf(isAnswered: boolean | undefined, meant: Understood | null): string {
  if (isAnswered !== true) return 'no-answer';
  if (meant === null) return 'not-of-the-contract';
  return meant.intent === 'none' ? 'none' : 'understood';
}
