/** How several answers become one short message in a group: counted where they are of a kind, each in a line otherwise. */
import type { AnswerPart, GroupAnswer } from '../model/group-answer.ts';
import type { Message } from '../model/message.ts';
import type { TextVariables } from '../model/text.ts';

// More lines than these nobody reads among neighbours; the rest waits for its own turn.
const MOST_LINES = 6;

/** A message of the outbox, as far as it matters here. */
interface Answer {
  readonly message: { readonly message: Message; readonly answer?: GroupAnswer };
}

export interface Fitting<One extends Answer> {
  /** Go into one message. */
  readonly together: readonly One[];
  /** Have to wait for the next one. */
  readonly left: readonly One[];
}

/** As many as fit, in their order. Only one thing to press, to open or to look at goes with a message. */
export function fitting<One extends Answer>(all: readonly One[]): Fitting<One> {
  const together: One[] = [];
  const left: One[] = [];
  let parts: readonly AnswerPart[] = [];
  let beside = '';
  for (const one of all) {
    const own = besideText(one.message.message);
    const clashes = own !== '' && beside !== '' && own !== beside;
    const more = [...parts, ...(one.message.answer?.parts ?? [])];
    if (together.length > 0 && (clashes || linesOf(more).length > MOST_LINES)) {
      left.push(one);
      continue;
    }
    together.push(one);
    parts = more;
    if (own !== '') beside = own;
  }
  return { together, left };
}

/** What is not text, so that two of the same can be told from two that differ. */
function besideText({ choices, ballot, link, attachment }: Message): string {
  if (choices === undefined && ballot === undefined && link === undefined && attachment === undefined) return '';
  return JSON.stringify([choices, ballot, link, attachment]);
}

/** What shares a line. */
function kindOf({ told, text }: AnswerPart): string {
  return JSON.stringify(told === undefined ? text : [told.key, told.variables]);
}

export type Line =
  | { readonly is: 'text'; readonly text: string }
  /** `variables` hold the `count`. */
  | { readonly is: 'count'; readonly key: string; readonly variables: TextVariables };

/** In the order in which they were first said; the same line stands once. */
export function linesOf(parts: readonly AnswerPart[]): Line[] {
  const kinds = new Map<string, AnswerPart[]>();
  for (const part of parts) {
    const kind = kindOf(part);
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [part]);
    else alike.push(part);
  }
  return [...kinds.values()].flatMap((alike) => countLine(alike) ?? textLines(alike));
}

/** `null`: one alone, or nobody new, hears the words as they are. */
function countLine([first, ...others]: readonly AnswerPart[]): Line | null {
  if (first?.told === undefined || others.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { told } of [first, ...others]) {
    // Counted once, however often it was said, and at its most.
    if (told !== undefined) counts.set(told.of, Math.max(told.count, counts.get(told.of) ?? 0));
  }
  const count = [...counts.values()].reduce((sum, each) => sum + each, 0);
  if (count === 0) return null;
  return { is: 'count', key: first.told.key, variables: { ...first.told.variables, count } };
}

function textLines(alike: readonly AnswerPart[]): Line[] {
  return [...new Set(alike.map(({ text }) => text))].map((text) => ({ is: 'text', text }));
}

/** Whether somebody is told less than their own reply held, so that they hear the rest in private. */
export function isToldInBrief(part: AnswerPart, lines: readonly Line[]): boolean {
  return !lines.some((line) => line.is === 'text' && line.text === part.text);
}
