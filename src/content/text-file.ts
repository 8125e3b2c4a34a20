/** Reads a file of prompts/: a level-2 heading that is an ASCII key is the key, the text under it is what is sent. */
import type { ContentFault } from '../model/content-fault.ts';

/** One text as written: its wordings, none of them changed but for the blank lines around. */
export type WrittenText = {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly variants: readonly string[];
};

/** `pledge.made`: at least one dot, so that a heading that is a plain word stays text. */
const KEY_HEADING = /^## ([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)[ \t]*$/;
const VARIANT_LINE = /^---[ \t]*$/;

/** What stands before the first key is a remark to the editor and is not sent. */
export function parseTextFile(file: string, text: string, faults: ContentFault[]): WrittenText[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const headings = lines.flatMap((content, index) => {
    const key = KEY_HEADING.exec(content)?.[1];
    return key === undefined ? [] : [{ key, index }];
  });
  const texts = headings.map(({ key, index }, position) => {
    const end = headings[position + 1]?.index ?? lines.length;
    return { key, file, line: index + 1, variants: splitVariants(lines.slice(index + 1, end)) };
  });
  for (const { key, line, variants } of texts) {
    if (variants.includes('')) faults.push({ file, line, code: 'text-empty', detail: { key } });
  }
  return refuseRepeatedKeys(texts, faults);
}

function splitVariants(lines: readonly string[]): string[] {
  const variants: string[][] = [[]];
  for (const line of lines) {
    if (VARIANT_LINE.test(line)) variants.push([]);
    else variants.at(-1)?.push(line);
  }
  return variants.map(trimBlankLines);
}

function trimBlankLines(lines: readonly string[]): string {
  const isBlank = (line: string) => line.trim() === '';
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return first === -1 ? '' : lines.slice(first, last + 1).join('\n');
}

/** A key is written once in a locale, whichever file it stands in. */
export function refuseRepeatedKeys(texts: readonly WrittenText[], faults: ContentFault[]): WrittenText[] {
  const first = new Map<string, WrittenText>();
  return texts.filter((text) => {
    const earlier = first.get(text.key);
    if (earlier === undefined) {
      first.set(text.key, text);
      return true;
    }
    const detail = { value: text.key, firstFile: earlier.file, firstLine: earlier.line };
    faults.push({ file: text.file, line: text.line, code: 'duplicate', detail });
    return false;
  });
}
