/** `exam`: scores the bot's understanding on labelled messages, with its worst mistakes. */
import { resolve } from 'node:path';
import { type ExamResult, scoreExam } from '../language/exam.ts';
import { understand } from '../language/understand.ts';
import { LvlinError } from '../model/errors.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { type FaultyLine, readExamCases } from './exam-cases.ts';
import { mistakeLines, scoreTable } from './exam-table.ts';
import { vocabularyOrFaults } from './understand-command.ts';

export interface ExamOptions {
  /** One JSON object, with every mistake, instead of a table. */
  readonly json?: boolean;
}

// More than somebody reads at once.
const WORST_SHOWN = 20;
const FAULTS_SHOWN = 20;

/** Lines that cannot be read are told and left out; the command then ends as one that was done in part. */
export async function takeExam(context: CommandContext, named: string, options: ExamOptions): Promise<ExitCode> {
  const vocabulary = await vocabularyOrFaults(context);
  if (vocabulary === null) return EXIT.fault;
  const file = resolve(named);
  const { cases, faulty } = await readExamCases(file);
  tellFaults(context, file, faulty);
  if (cases.length === 0) throw new LvlinError('file-broken', { file });
  const result = scoreExam(
    cases.map(({ id, expect, ...utterance }) => {
      return { id, text: utterance.text, expect, got: understand(utterance, vocabulary) };
    }),
  );
  if (options.json === true) context.print(JSON.stringify({ ...result, faultyLines: faulty }, null, 2));
  else printResult(context, result);
  return faulty.length === 0 ? EXIT.ok : EXIT.partial;
}

function tellFaults({ speak, tell }: CommandContext, file: string, faulty: readonly FaultyLine[]): void {
  for (const { line, fields } of faulty.slice(0, FAULTS_SHOWN)) {
    const fault = fields.length === 0 ? say('exam.no-json') : say('exam.wrong-fields', { fields: fields.join(', ') });
    tell(speak(say('content.place-line', { file, line, fault: speak(fault) })));
  }
  if (faulty.length > 0) tell(speak(say('exam.left-out', { count: faulty.length })));
}

function printResult({ speak, print }: CommandContext, result: ExamResult): void {
  const { worst } = result;
  for (const line of scoreTable(result, speak)) print(line);
  if (worst.length === 0) return;
  const shown = worst.slice(0, WORST_SHOWN);
  print('');
  print(speak(say('exam.worst', { shown: shown.length, all: worst.length })));
  for (const line of shown.flatMap((mistake) => mistakeLines(mistake, speak))) print(line);
}
