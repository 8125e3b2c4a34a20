/** Fits words into a template card, whose lines the screen cuts off without a word (document 101032). */
import { graphemeLength } from '../../lib/text.ts';

const TITLE = 26;
const BODY = 112;
/** What may stand below the title of a vote. */
export const VOTE_BODY = 30;
export const BUTTON = 10;
export const OPTION = 11;

export interface CardText {
  readonly title: string;
  readonly body: string;
}

/** `null`: the words need a message of their own. `mostBody` is what may stand below the title. */
export function cardText(text: string, mostBody = BODY): CardText | null {
  const parted = partedAt(text, endOfTitle(text));
  if (parted === null || parted.body.includes('\n') || graphemeLength(parted.body) > mostBody) return null;
  return graphemeLength(parted.title) > TITLE ? null : parted;
}

// What may stand at the end of a heading.
const PAUSE = /[,;:!?.\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u3001\u2026]+[\p{Pe}\p{Pf}]*/gu;

/** The first line where it is short, else as much of it as fits and ends with a pause. */
function endOfTitle(text: string): number {
  const [line = ''] = text.split('\n', 1);
  if (graphemeLength(line) <= TITLE) return line.length;
  let end = 0;
  for (const match of line.matchAll(PAUSE)) {
    const next = match.index + match[0].length;
    if (graphemeLength(line.slice(0, next)) <= TITLE) end = next;
  }
  return end;
}

function partedAt(text: string, end: number): CardText | null {
  const title = text.slice(0, end).trim();
  return title === '' ? null : { title, body: text.slice(end).trim() };
}
