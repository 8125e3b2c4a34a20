/** `understand`: JSON lines in, JSON lines out, so that anyone can measure what the bot makes of words. */
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { z } from 'zod';
import { explain, understand } from '../language/understand.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { systemClock } from '../lib/clock.ts';
import { readLines } from '../lib/read-lines.ts';
import { Utterance } from '../model/understanding.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { contentLines } from './content-lines.ts';
import { explainedLines } from './explained-lines.ts';
import { readVocabulary } from './vocabulary.ts';

export interface UnderstandOptions {
  /** The reasons are printed too. */
  readonly explain?: boolean;
}

const Id = z.object({ id: z.union([z.string(), z.number()]) });
/** A line in; what is not said there is as in a private chat. */
export const UnderstandLine = Utterance.extend({
  chat: Utterance.shape.chat.default('direct'),
  mentioned: Utterance.shape.mentioned.default(false),
  at: z.iso.datetime({ offset: true }),
  open: Utterance.shape.open.default(null),
});

/** Without words the lines of the input are read; with words they are one message, said now in a private chat. */
export async function understandLines(
  context: CommandContext,
  words: readonly string[],
  options: UnderstandOptions,
): Promise<ExitCode> {
  const vocabulary = await vocabularyOrFaults(context);
  if (vocabulary === null) return EXIT.fault;
  if (words.length > 0 && options.explain === true) return explainSentence(context, words.join(' '), vocabulary);
  const said =
    words.length === 0 ? null : JSON.stringify({ text: words.join(' '), at: systemClock.now().toISOString() });
  const from = said === null ? process.stdin : Readable.from([Buffer.from(`${said}\n`)]);
  const example = context.speak(say('understand.example'));
  const answers = await answerLines(from, process.stdout, example, (utterance) =>
    options.explain === true ? explain(utterance, vocabulary) : understand(utterance, vocabulary),
  );
  return answers.bad === 0 ? EXIT.ok : EXIT.partial;
}

/** One sentence is looked at by a person, many by a program. */
function explainSentence({ speak, print }: CommandContext, text: string, vocabulary: Vocabulary): ExitCode {
  const at = systemClock.now().toISOString();
  const utterance = { text, chat: 'direct', mentioned: false, at, open: null } as const;
  for (const line of explainedLines(explain(utterance, vocabulary), speak)) print(line);
  return EXIT.ok;
}

/** `null` where the tables are broken; what is wrong has been told. */
export async function vocabularyOrFaults({ config, speak, tell }: CommandContext): Promise<Vocabulary | null> {
  const { vocabulary, faults } = await readVocabulary(config);
  for (const line of contentLines(faults, speak)) tell(line);
  return vocabulary;
}

/** A line that cannot be read is answered with `error`, and the next one is read. Waits when the reader is slow. */
async function answerLines(
  from: Readable,
  to: Writable,
  example: string,
  answer: (utterance: Utterance) => object,
): Promise<{ bad: number }> {
  let bad = 0;
  let number = 0;
  for await (const line of readLines(from)) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (!read.ok) bad += 1;
    const answered = read.ok
      ? { ...read.id, ...answer(read.utterance) }
      : { ...read.id, error: read.error, line: number, example };
    if (!to.write(`${JSON.stringify(answered)}\n`)) await once(to, 'drain');
  }
  return { bad };
}

type ReadLine =
  | { readonly ok: true; readonly id: object; readonly utterance: Utterance }
  | { readonly ok: false; readonly id: object; readonly error: string };

function readLine(line: string): ReadLine {
  const value = jsonOf(line);
  if (value === undefined) return { ok: false, id: {}, error: 'not JSON' };
  const id = Id.safeParse(value).data ?? {};
  const result = UnderstandLine.safeParse(value);
  if (result.success) return { ok: true, id, utterance: result.data };
  return { ok: false, id, error: result.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', ') };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
