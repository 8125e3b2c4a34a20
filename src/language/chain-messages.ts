/** A chat that was copied is several messages, each under the name of its sender: finds the one that is the list. */
import { type PersonPatterns, senderLength } from './chain-person.ts';

/** The same line twice, position by position, as in `Heard`. */
export interface Line {
  readonly text: string;
  readonly said: string;
}

export interface MessagePatterns {
  readonly native: RegExp;
  readonly person: PersonPatterns;
}

/** Of a chat that was copied with several copies of a list in it the last one: each holds all before it. */
export function newestCopy(heard: Line, { native, person }: MessagePatterns): Line {
  let newest = heard;
  let from = 0;
  let isAfterSender = false;
  for (const { text } of splitLines(heard)) {
    const sender = senderLength(text, person);
    const isCopy = native.test(text) && (isAfterSender || (sender > 0 && sender < text.length));
    if (isCopy) newest = cutFrom(heard, from);
    isAfterSender = sender > 0 && text.slice(sender).trim() === '';
    from += text.length + 1;
  }
  return newest;
}

export function cutFrom({ text, said }: Line, from: number): Line {
  return { text: text.slice(from), said: said.slice(from) };
}

/** After the last number of a list a line with a sender is what somebody said next in the chat. */
export function untilNextMessage(lines: readonly Line[], last: number, { person }: MessagePatterns): readonly Line[] {
  const next = lines.findIndex(({ text }, index) => index > last && senderLength(text, person) > 0);
  return next === -1 ? lines : lines.slice(0, next);
}

/** Whose message it was is no part of what the list is about. */
export function withoutSender(head: readonly Line[], { person }: MessagePatterns): readonly Line[] {
  const [first, ...more] = head;
  const length = first === undefined ? 0 : senderLength(first.text, person);
  if (first === undefined || length === 0) return head;
  const rest = cutFrom(first, length);
  return rest.text.trim() === '' && more.length === 0 ? head : [rest, ...more];
}

export function splitLines(body: Line): Line[] {
  const said = body.said.split('\n');
  return body.text.split('\n').map((text, index) => ({ text, said: said[index] ?? '' }));
}
