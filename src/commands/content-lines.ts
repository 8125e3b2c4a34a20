/** What is wrong with data/ and prompts/, as sentences for whoever edits them. */
import type { ContentFault } from '../model/content-fault.ts';
import type { Speak } from './command.ts';
import { CONTENT_FAULT_TEXTS, say } from './command-texts.ts';

/** In the order of files and lines, so that an editor goes through each file once. */
export function contentLines(faults: readonly ContentFault[], speak: Speak): string[] {
  const sorted = missingTogether(faults).sort(
    (one, other) => compareText(one.file, other.file) || lineOf(one) - lineOf(other),
  );
  return [...new Set(sorted.map((fault) => contentLine(fault, speak)))];
}

// Enough to know which file of the language is meant.
const MOST_KEYS = 10;

/** Where a whole language is missing, a line for each of its texts would hide everything else. */
function missingTogether(faults: readonly ContentFault[]): ContentFault[] {
  const missing = Map.groupBy(
    faults.filter((fault) => fault.code === 'text-missing'),
    (fault) => fault.file,
  );
  const together = [...missing].map(([file, texts]): ContentFault => {
    const first = texts.slice(0, MOST_KEYS).map((text) => text.detail.key);
    const key = [...first, ...(texts.length > MOST_KEYS ? ['…'] : [])].join(' ');
    return { file, code: 'text-missing', detail: { key, count: texts.length } };
  });
  return [...faults.filter((fault) => fault.code !== 'text-missing'), ...together];
}

function contentLine({ file, line, column, code, detail }: ContentFault, speak: Speak): string {
  const key = `content-fault.${code}` as const;
  const blanks = Object.fromEntries(CONTENT_FAULT_TEXTS[key].map((name) => [name, '']));
  const computed = { what: detail.expected ?? detail.unknown ?? '', first: firstOf(detail) };
  const fault = speak({ key, variables: { ...blanks, ...computed, ...detail } });
  if (line === undefined) return speak(say('content.place-file', { file, fault }));
  if (column === undefined) return speak(say('content.place-line', { file, line, fault }));
  return speak(say('content.place-column', { file, line, column, fault }));
}

function firstOf({ firstFile, firstLine }: ContentFault['detail']): string {
  return [firstFile, firstLine].filter((part) => part !== undefined).join(':');
}

function lineOf({ line }: ContentFault): number {
  return line ?? 0;
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
