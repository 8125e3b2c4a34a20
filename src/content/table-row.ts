/** Turns the rows of a table into records through a zod schema, collecting every fault with its line and column. */
import type { z } from 'zod';
import type { ContentFault, ContentFaultCode } from '../model/content-fault.ts';
import { CONTENT_FAULT_CODES } from '../model/content-fault.ts';
import type { CsvTable } from './csv-table.ts';

/** A record with the line it came from, for faults that are found later. */
export type Lined<T> = { readonly line: number; readonly value: T };

export function readRows<S extends z.ZodType>(table: CsvTable, schema: S, faults: ContentFault[]): Lined<z.infer<S>>[] {
  return table.rows.flatMap(({ line, cells }) => {
    const result = schema.safeParse(cells);
    if (result.success) return [{ line, value: result.data }];
    faults.push(...result.error.issues.map((issue) => rowFault(table.file, line, issue)));
    return [];
  });
}

export function rowFault(file: string, line: number, issue: z.core.$ZodIssue): ContentFault {
  const column = issue.path.map(String).join('.');
  const { code, detail } = faultOf(issue);
  return { file, line, ...(column === '' ? {} : { column }), code, detail };
}

/** The fault behind an issue of zod: our own code where a cell refused, else what zod's code comes to. */
export function faultOf(issue: z.core.$ZodIssue): Pick<ContentFault, 'code' | 'detail'> {
  if (issue.code === 'custom') {
    const code = CONTENT_FAULT_CODES.find((known) => known === issue.params?.code) ?? 'wrong-shape';
    return { code, detail: plainDetail(issue.params?.detail) };
  }
  if (issue.code === 'invalid_value') {
    return { code: 'not-one-of', detail: { value: String(issue.input), allowed: issue.values.map(String).join(', ') } };
  }
  if (issue.code === 'unrecognized_keys') return { code: 'wrong-shape', detail: { unknown: issue.keys.join(', ') } };
  if (issue.code === 'too_small') return { code: 'empty', detail: {} };
  if (issue.code === 'invalid_format')
    return { code: formatCode(issue), detail: { value: String(issue.input), expected: issue.format } };
  if (issue.code === 'invalid_type') return { code: 'wrong-shape', detail: { expected: issue.expected } };
  return { code: 'wrong-shape', detail: { expected: issue.code } };
}

function formatCode(issue: z.core.$ZodIssueInvalidStringFormat): ContentFaultCode {
  return issue.format === 'date' ? 'not-a-date' : 'bad-format';
}

function plainDetail(detail: unknown): Record<string, string | number> {
  const entries = Object.entries(detail ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]));
}

/** Keeps the first of rows with the same key and reports the others. */
export function refuseDuplicates<T>(
  file: string,
  column: string,
  rows: readonly Lined<T>[],
  keyOf: (value: T) => string,
  faults: ContentFault[],
): Lined<T>[] {
  const firstLines = new Map<string, number>();
  return rows.filter(({ line, value }) => {
    const key = keyOf(value);
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) firstLines.set(key, line);
    else faults.push({ file, line, column, code: 'duplicate', detail: { value: key, firstLine } });
    return firstLine === undefined;
  });
}

/** Reports every word of `words` that `known` does not hold. */
export function refuseUnknown(
  place: Pick<ContentFault, 'file' | 'line' | 'column'>,
  words: readonly string[],
  known: ReadonlySet<string>,
  target: string,
  faults: ContentFault[],
): void {
  for (const word of words) {
    if (!known.has(word)) faults.push({ ...place, code: 'unknown-reference', detail: { value: word, target } });
  }
}
