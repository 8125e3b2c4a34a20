/** What an exam came to as lines for a console: plain characters only, which an old Windows console shows too. */
import type { ExamMistake, ExamResult } from '../language/exam.ts';
import { textColumns } from '../lib/text-columns.ts';
import type { Speak } from './command.ts';
import { say } from './command-texts.ts';

/** Every intent with its figures, the weakest first, and all of them together. */
export function scoreTable(result: ExamResult, speak: Speak): string[] {
  const { cases, intentAccuracy, macroF1, slotF1, falseWakes, silentCases, intents } = result;
  const heading = ['intent', 'cases', 'right', 'wrongly', 'f1', 'slot-f1'] as const;
  const sum = (of: (score: (typeof intents)[number]) => number) =>
    String(intents.reduce((all, one) => all + of(one), 0));
  const rows = intents.map((one) => [
    one.intent,
    String(one.cases),
    String(one.right),
    String(one.wrongly),
    percent(one.f1),
    percent(one.slotF1),
  ]);
  const total = [
    speak(say('exam.all')),
    String(cases),
    sum(({ right }) => right),
    sum(({ wrongly }) => wrongly),
    percent(macroF1),
    percent(slotF1),
  ];
  const summary = say('exam.scores', {
    cases,
    intents: percent(intentAccuracy),
    macro: percent(macroF1),
    slots: percent(slotF1),
    wakes: percent(falseWakes),
    silent: silentCases,
    woken: Math.round(falseWakes * silentCases),
  });
  return [
    ...textColumns([heading.map((name) => speak(say(`exam.column-${name}`))), ...rows, total]),
    '',
    speak(summary),
  ];
}

/** For whoever edits the tables: names of intents and slots as they stand there. */
export function mistakeLines({ id, text, expected, got, missing, extra }: ExamMistake, speak: Speak): string[] {
  const facts = [
    ...missing.map((fact) => speak(say('exam.missing', { fact }))),
    ...extra.map((fact) => speak(say('exam.extra', { fact }))),
  ];
  const intent = expected === got ? expected : `${expected} -> ${got}`;
  return [`${id}  ${intent}`, ...[text.replaceAll('\n', ' / '), ...facts].map((line) => `    ${line}`)];
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)}%`;
}
