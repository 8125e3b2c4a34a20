/** Takes apart what somebody copied out of a chat: one message, or several with the name of who said each. */
import { graphemeLength } from '../../lib/text.ts';

export interface PastedMessage {
  /** `null`: the copy does not tell. */
  readonly name: string | null;
  readonly text: string;
}

// As chats write it over a message that is copied together with others: a name and a time, or a name and a colon.
const NAME_AND_TIME =
  /^(\S.{0,29}?)\s+(?:(?:\d{4}\D{1,2})?\d{1,2}\D\d{1,2}\D{0,3}\s*)?(?:\S{1,2}\s?)?\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?$/u;
const NAME_AND_COLON = /^(\S.{0,19}?)\s?[:\uff1a]$/u;
// A day between two rules, as in a history that was sent on.
const DAY_LINE = /^[\s\u2014\u2500-]*\d{4}-\d{1,2}-\d{1,2}[\s\u2014\u2500-]*$/u;
// What a tool puts in front of a text that somebody else wrote.
const ACCOUNT_LINE = /^(?:wxid_\w+|\w{4,}@chatroom)[:\uff1a]\n/u;

/**
 * A line that ends in a colon may be part of what was said, so names with nothing but a colon count only where there
 * are two of them.
 */
export function takeApart(pasted: string): PastedMessage[] {
  const lines = withoutAccount(pasted)
    .split('\n')
    .filter((line) => !DAY_LINE.test(line));
  const heads = lines.map((line, at) => headOf(line, lines[at + 1]));
  const isSure = heads.some((head) => head?.hasTime === true) || heads.filter((head) => head !== null).length > 1;
  const first = lines.findIndex((line) => line.trim() !== '');
  if (!isSure || heads[first] == null) return only(lines.join('\n'));
  return gather(lines, heads);
}

export function withoutAccount(pasted: string): string {
  return pasted.trim().replace(ACCOUNT_LINE, '');
}

interface Head {
  readonly name: string;
  readonly hasTime: boolean;
}

function headOf(line: string, next: string | undefined): Head | null {
  if (next === undefined || next.trim() === '') return null;
  const timed = NAME_AND_TIME.exec(line.trim())?.[1];
  if (timed !== undefined) return { name: timed, hasTime: true };
  const named = NAME_AND_COLON.exec(line.trim())?.[1];
  return named === undefined ? null : { name: named, hasTime: false };
}

function gather(lines: readonly string[], heads: readonly (Head | null)[]): PastedMessage[] {
  const messages: { name: string | null; lines: string[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const head = heads[at] ?? null;
    if (head !== null) messages.push({ name: head.name, lines: [] });
    else messages.at(-1)?.lines.push(line);
  }
  return messages.flatMap(({ name, lines: said }) => only(said.join('\n')).map(({ text }) => ({ name, text })));
}

function only(text: string): PastedMessage[] {
  const trimmed = text.trim();
  return graphemeLength(trimmed) === 0 ? [] : [{ name: null, text: trimmed }];
}
