/** What the cells of our tables may hold, each refusing with a fault code instead of a sentence. */
import { z } from 'zod';
import type { ContentFaultCode } from '../model/content-fault.ts';

/** Lists in one cell are parted by 、 or | (or a semicolon, half or full width). */
const LIST_SEPARATOR = /[\u3001|;\uFF1B]/u;

type Detail = Readonly<Record<string, string | number>>;

/**
 * An issue that carries its fault code and words; a row reader turns it into a fault. `column` is for rules about
 * several cells, which have to say which of them is wrong.
 */
export function refuse(
  context: z.core.$RefinementCtx,
  code: ContentFaultCode,
  detail: Detail,
  input: unknown,
  column?: string,
): never {
  const path = column === undefined ? [] : [column];
  context.addIssue({ code: 'custom', input, path, params: { code, detail } });
  return z.NEVER;
}

export const TextCell = z.string().default('');

export const RequiredCell = z.string().transform((value, context) => {
  return value === '' ? refuse(context, 'empty', {}, value) : value;
});

export const IdCell = z.string().transform((value, context) => {
  if (value === '') return refuse(context, 'empty', {}, value);
  return /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/.test(value)
    ? value
    : refuse(context, 'bad-format', { value, expected: 'a-z 0-9 -' }, value);
});

export function splitList(value: string): string[] {
  return value
    .split(LIST_SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export const ListCell = z.string().transform(splitList);

/** Excel rewrites 2026-11-20 as 2026/11/20 when it saves, so both are read; the day must exist. */
export const DateCell = z.string().transform((value, context) => {
  if (value === '') return refuse(context, 'empty', {}, value);
  return toIsoDate(value) ?? refuse(context, 'not-a-date', { value }, value);
});

export const OptionalDateCell = z.string().transform((value, context) => {
  if (value === '') return undefined;
  return toIsoDate(value) ?? refuse(context, 'not-a-date', { value }, value);
});

function toIsoDate(value: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return z.iso.date().safeParse(iso).success ? iso : undefined;
}

export const NumberCell = z.string().transform((value, context) => {
  if (value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : refuse(context, 'not-a-number', { value }, value);
});

export function wholeNumberCell(least: number, most: number) {
  return z.string().transform((value, context): number => {
    if (value === '') return refuse(context, 'empty', {}, value);
    const number = Number(value);
    const fits = Number.isInteger(number) && number >= least && number <= most;
    return fits ? number : refuse(context, 'not-one-of', { value, allowed: `${least}–${most}` }, value);
  });
}

export const YesNoCell = z.string().transform((value, context) => {
  const word = value.toLowerCase();
  if (word === 'yes' || word === 'true' || word === '1') return true;
  if (word === 'no' || word === 'false' || word === '0' || word === '') return false;
  return refuse(context, 'not-one-of', { value, allowed: 'yes, no' }, value);
});

/** One word of a closed list. */
export function wordCell<const W extends readonly string[]>(words: W) {
  return z.string().transform((value, context): W[number] => {
    const word = words.find((known) => known === value);
    return word ?? refuse(context, 'not-one-of', { value, allowed: words.join(', ') }, value);
  });
}

/** Several words of a closed list; an empty cell is an empty list. */
export function wordListCell<const W extends readonly string[]>(words: W) {
  return z.string().transform((value, context): W[number][] => {
    const parts = splitList(value);
    const unknown = parts.filter((part) => !words.includes(part));
    if (unknown.length > 0) {
      return refuse(context, 'not-one-of', { value: unknown.join(', '), allowed: words.join(', ') }, value);
    }
    return words.filter((word) => parts.includes(word));
  });
}
