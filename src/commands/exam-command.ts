/** `exam`: scores the bot's understanding on labelled messages, with its worst mistakes. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type ExamAnswer, scoreExam } from '../language/exam.ts';
import { understand } from '../language/understand.ts';
import { readLines } from '../lib/read-lines.ts';
import { LvlinError } from '../model/errors.ts';
import { Understood } from '../model/understanding.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { UnderstandLine, vocabularyOrFaults } from './understand-command.ts';

const Case = UnderstandLine.extend({ id: z.string(), expect: Understood });
type Case = z.infer<typeof Case>;
type Mistake = ReturnType<typeof scoreExam>['worst'][number];

// More than somebody reads at once.
const WORST_SHOWN = 20;

export async function takeExam(context: CommandContext, named: string): Promise<ExitCode> {
  const { speak, print } = context;
  const vocabulary = await vocabularyOrFaults(context);
  if (vocabulary === null) return EXIT.fault;
  const answers: ExamAnswer[] = [];
  for (const { id, expect, ...utterance } of await casesOf(resolve(named))) {
    answers.push({ id, expect, got: understand(utterance, vocabulary) });
  }
  const { cases, intentAccuracy, macroF1, slotF1, falseWakes, worst } = scoreExam(answers);
  print(
    speak(
      say('exam.scores', {
        cases,
        intents: percent(intentAccuracy),
        macro: percent(macroF1),
        slots: percent(slotF1),
        wakes: percent(falseWakes),
      }),
    ),
  );
  for (const mistake of worst.slice(0, WORST_SHOWN)) print(mistakeLine(mistake));
  return EXIT.ok;
}

async function casesOf(file: string): Promise<Case[]> {
  try {
    const cases: Case[] = [];
    for await (const line of readLines(createReadStream(file))) {
      if (line.trim() !== '') cases.push(Case.parse(JSON.parse(line)));
    }
    return cases;
  } catch (cause) {
    throw new LvlinError('file-broken', { file }, { cause });
  }
}

/** For whoever edits the tables: names of intents and slots as they stand there. */
function mistakeLine({ id, expected, got, missing, extra }: Mistake): string {
  const facts = [...missing.map((fact) => `-${fact}`), ...extra.map((fact) => `+${fact}`)];
  return [id, expected === got ? expected : `${expected} → ${got}`, ...facts].join('  ');
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)}%`;
}
