/** What can be wrong with a file in data/ or prompts/, as values: a sentence for the editor is made by whoever shows them. */

export const CONTENT_FAULT_CODES = [
  'file-missing',
  'file-unreadable',
  'not-utf8',
  'csv-broken',
  'yaml-broken',
  'column-missing',
  'empty',
  'not-one-of',
  'not-a-number',
  'not-a-date',
  'bad-format',
  'wrong-shape',
  'duplicate',
  'unknown-reference',
  'figure-not-allowed',
  'figure-without-source',
  'text-missing',
  'text-unknown',
  'text-empty',
  'variable-missing',
  'variable-unknown',
  'text-too-long',
  'words-unusable',
] as const;
export type ContentFaultCode = (typeof CONTENT_FAULT_CODES)[number];

/**
 * One thing that is wrong. `file` is the path as the editor knows it (data/waste-guide.csv), `line` counts from 1,
 * `column` is the heading of a table or the place in a plan; `detail` holds the words a sentence needs (value, allowed …).
 */
export type ContentFault = {
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
  readonly code: ContentFaultCode;
  readonly detail: Readonly<Record<string, string | number>>;
};
