/** Reads labelled messages from a file, one JSON a line; what is wrong with a line is told, and the next one is read. */
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { readLines } from '../lib/read-lines.ts';
import { LvlinError } from '../model/errors.ts';
import { Understood } from '../model/understanding.ts';
import { UnderstandLine } from './understand-command.ts';

const Case = UnderstandLine.extend({
  // Without an id a message is found by its line.
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  expect: Understood.extend({ slots: Understood.shape.slots.strict().default({}) }),
});
type ExamCase = z.infer<typeof Case> & { readonly id: string };

export interface FaultyLine {
  readonly line: number;
  /** Which field, in the words of the contract; empty where the line is no JSON. */
  readonly fields: readonly string[];
}

interface ExamCases {
  readonly cases: readonly ExamCase[];
  readonly faulty: readonly FaultyLine[];
}

export async function readExamCases(file: string): Promise<ExamCases> {
  const cases: ExamCase[] = [];
  const faulty: FaultyLine[] = [];
  let line = 0;
  try {
    for await (const text of readLines(createReadStream(file))) {
      line += 1;
      if (text.trim() === '') continue;
      const read = readCase(text);
      if ('fields' in read) faulty.push({ line, fields: read.fields });
      else cases.push({ ...read, id: read.id ?? `:${line}` });
    }
  } catch (cause) {
    throw new LvlinError('file-broken', { file }, { cause });
  }
  return { cases, faulty };
}

function readCase(text: string): z.infer<typeof Case> | { readonly fields: readonly string[] } {
  const value = jsonOf(text);
  if (value === undefined) return { fields: [] };
  const { success, data, error } = Case.safeParse(value);
  return success ? data : { fields: [...new Set(error.issues.flatMap(fieldsOf))] };
}

/** A word that is not in the contract is named itself: a slot with a spelling mistake would only ever count as missing. */
function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [at];
  return issue.keys.map((key) => [...issue.path, key].join('.'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
