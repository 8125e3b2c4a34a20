/** Hears who is in danger, and tells it from a drill, old news and a manner of speaking. */
import { normaliseName } from '../../content/name-index.ts';
import { oneOf } from '../../language/tables.ts';

/** What cannot wait for a person of the committee, the most pressing first. */
export const EMERGENCIES = [
  'fire',
  'gas',
  'shock',
  'medical',
  'violence',
  'lost',
  // Somebody else is about to harm themselves, and whoever writes can be with them.
  'rescue',
  'despair',
  'help',
] as const;
export type Emergency = (typeof EMERGENCIES)[number];

export interface EmergencyWords {
  /** Any of them at all: nearly every message holds none, and is asked with one look. */
  readonly any: RegExp;
  readonly of: Readonly<Record<Emergency, readonly string[]>>;
  /** Words of a drill or a talk about danger: nobody is in any. */
  readonly calm: readonly string[];
  /** Yesterday, in the news, or only if: not now. */
  readonly notNow: readonly string[];
  /** What people also say for fun; in earnest two of them come together, or nothing else is said. */
  readonly soft: readonly string[];
  /** What makes a manner of speaking of it among neighbours: the heat, the homework. */
  readonly jest: readonly string[];
}

type Row = Readonly<Record<string, string>>;

/** Rows of data/language/front-desk-words.csv. */
export function readEmergencyWords(rows: readonly Row[]): EmergencyWords {
  const words = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => normaliseName(row.word ?? ''));
  const of = {
    fire: words('emergency-fire'),
    gas: words('emergency-gas'),
    shock: words('emergency-shock'),
    medical: words('emergency-medical'),
    violence: words('emergency-violence'),
    lost: words('emergency-lost'),
    rescue: words('emergency-rescue'),
    despair: words('emergency-despair'),
    help: words('emergency-help'),
  };
  return {
    any: new RegExp(oneOf(Object.values(of).flat())),
    of,
    calm: words('emergency-calm'),
    notNow: words('danger-not-now'),
    soft: words('danger-soft'),
    jest: words('danger-jest'),
  };
}

/** Said to the bot: who may be in danger is answered, also where it may be nothing. */
export function emergencyIn(text: string, words: EmergencyWords): Emergency | null {
  const said = saidIn(text);
  if (!words.any.test(said)) return null;
  return hears(said, words.calm) ? null : (EMERGENCIES.find((kind) => hears(said, words.of[kind])) ?? null);
}

/** So plain that it goes before whatever else the words may mean. */
export function plainEmergencyIn(text: string, words: EmergencyWords): Emergency | null {
  const said = saidIn(text);
  if (said.length > LONGEST_CRY || !words.any.test(said) || hears(said, words.notNow)) return null;
  const kind = emergencyIn(text, words);
  return kind === null || !isInEarnest(said, words, kind) ? null : kind;
}

/** Said among neighbours, where nobody asked the bot. */
export function overheardEmergency(text: string, words: EmergencyWords): Emergency | null {
  const kind = plainEmergencyIn(text, words);
  const mayBeJest = kind !== null && SAID_IN_JEST.has(kind) && hears(saidIn(text), words.jest);
  return mayBeJest ? null : kind;
}

const SAID_IN_JEST: ReadonlySet<Emergency> = new Set(['despair', 'help']);

/** Who is in danger writes a line; lists, articles and notices are longer. */
const LONGEST_CRY = 60;

function isInEarnest(said: string, { of, soft }: EmergencyWords, kind: Emergency): boolean {
  if (of[kind].some((word) => said.includes(word) && !soft.includes(word))) return true;
  const heard = soft.filter((word) => said.includes(word));
  const left = heard.reduce((rest, word) => rest.replaceAll(word, ''), said);
  return heard.length > 1 || left.length <= LEFT_OF_A_CRY;
}

/** A particle, e.g. of a cry for help. */
const LEFT_OF_A_CRY = 1;

function saidIn(text: string): string {
  return normaliseName(text.replace(MENTION, ''));
}

function hears(said: string, words: readonly string[]): boolean {
  return words.some((word) => said.includes(word));
}

const MENTION = /^\s*@\S+(?:\s+|$)/u;
