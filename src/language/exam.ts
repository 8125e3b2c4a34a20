/** Scores answers against labelled cases: intents, slots, and how often the bot speaks where it should be silent. */
import type { IntentName, Slots, Understood } from '../model/understanding.ts';

export interface ExamAnswer {
  readonly id: string;
  readonly text: string;
  readonly expect: Understood;
  readonly got: Understood;
}

export interface ExamResult {
  readonly cases: number;
  readonly intentAccuracy: number;
  /** The mean of each expected intent's F1, so that a rare intent counts as much as a common one. */
  readonly macroF1: number;
  readonly slotF1: number;
  /** Of the cases that expect silence, the part that was answered. */
  readonly falseWakes: number;
  readonly silentCases: number;
  /** Every intent that was expected or given, the weakest first. */
  readonly intents: readonly IntentScore[];
  readonly worst: readonly ExamMistake[];
}

interface IntentScore {
  readonly intent: IntentName;
  readonly cases: number;
  readonly right: number;
  /** How often it was given where something else was meant. */
  readonly wrongly: number;
  readonly f1: number;
  /** Over the cases that expect this intent. */
  readonly slotF1: number;
}

export interface ExamMistake {
  readonly id: string;
  readonly text: string;
  readonly expected: IntentName;
  readonly got: IntentName;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function scoreExam(answers: readonly ExamAnswer[]): ExamResult {
  const silent = answers.filter((answer) => answer.expect.intent === 'none');
  const woken = silent.filter((answer) => answer.got.intent !== 'none');
  const right = answers.filter((answer) => answer.got.intent === answer.expect.intent);
  const intents = intentScores(answers);
  const expected = intents.filter(({ cases }) => cases > 0);
  const mistakes = answers
    .map(compare)
    .filter((mistake) => mistake.expected !== mistake.got || slotErrors(mistake) > 0);
  return {
    cases: answers.length,
    intentAccuracy: ratio(right.length, answers.length),
    macroF1: ratio(
      expected.reduce((sum, { f1 }) => sum + f1, 0),
      expected.length,
    ),
    slotF1: slotF1(answers),
    falseWakes: silent.length === 0 ? 0 : woken.length / silent.length,
    silentCases: silent.length,
    intents,
    worst: mistakes.sort((a, b) => severity(b) - severity(a)),
  };
}

/** A slot as the facts it states, so that a household with one wrong part is not all wrong. */
function slotFacts(slots: Slots): string[] {
  return Object.entries(slots).flatMap(([name, value]) => factsOf(name, value));
}

function factsOf(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    const ordered = value.some((item) => typeof item === 'object');
    return value.flatMap((item, index) => factsOf(ordered ? `${name}[${index}]` : name, item));
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([part, inner]) => factsOf(`${name}.${part}`, inner));
  return [`${name}=${String(value)}`];
}

function compare({ id, text, expect, got }: ExamAnswer): ExamMistake {
  const wanted = slotFacts(expect.slots);
  const given = slotFacts(got.slots);
  return {
    id,
    text,
    expected: expect.intent,
    got: got.intent,
    missing: wanted.filter((fact) => !given.includes(fact)),
    extra: given.filter((fact) => !wanted.includes(fact)),
  };
}

function slotF1(answers: readonly ExamAnswer[]): number {
  let hit = 0;
  let wanted = 0;
  let given = 0;
  for (const { expect, got } of answers) {
    const expected = slotFacts(expect.slots);
    // Slots of a wrong intent are wrong: they would be acted on.
    const facts = slotFacts(got.slots);
    hit += expect.intent === got.intent ? facts.filter((fact) => expected.includes(fact)).length : 0;
    wanted += expected.length;
    given += facts.length;
  }
  return wanted + given === 0 ? 1 : (2 * hit) / (wanted + given);
}

function intentScores(answers: readonly ExamAnswer[]): IntentScore[] {
  const named = new Set(answers.flatMap(({ expect, got }) => [expect.intent, got.intent]));
  const scores = [...named].map((intent) => {
    const wanted = answers.filter((answer) => answer.expect.intent === intent);
    const given = answers.filter((answer) => answer.got.intent === intent).length;
    const right = wanted.filter((answer) => answer.got.intent === intent).length;
    const f1 = (2 * right) / (wanted.length + given);
    return { intent, cases: wanted.length, right, wrongly: given - right, f1, slotF1: slotF1(wanted) };
  });
  return scores.sort((a, b) => a.f1 - b.f1 || a.slotF1 - b.slotF1 || b.cases - a.cases);
}

/** Speaking where silence was due is the worst, then a wrong intent, then slots. */
function severity(mistake: ExamMistake): number {
  const woke = mistake.expected === 'none' && mistake.got !== 'none' ? 1_000 : 0;
  return woke + (mistake.expected === mistake.got ? 0 : 100) + slotErrors(mistake);
}

function slotErrors(mistake: ExamMistake): number {
  return mistake.missing.length + mistake.extra.length;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
