/** Cuts a long text into messages where a reader would pause. */
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

// Where to cut, best first. Sentence_Terminal covers Chinese, Latin and Arabic full stops;
// an ASCII one counts only before a space, since 3.5 and a web address are not sentences.
const PAUSES = [/\n/gu, /(?:(?![.!?])\p{Sentence_Terminal}|[.!?](?=\s))[\p{Pe}\p{Pf}]*/gu, /\s/gu];
// A pause before this share of what fits would waste the message.
const EARLIEST_PAUSE = 1 / 3;

/**
 * The parts in order, each of them fitting, without the white space at the cuts. `fits` must hold for every
 * beginning of a text for which it holds. A single grapheme that does not fit becomes a part of its own.
 */
export function splitText(text: string, fits: (part: string) => boolean): string[] {
  const parts: string[] = [];
  let rest = text;
  while (!fits(rest)) {
    const end = cutPosition(rest, fits);
    const part = rest.slice(0, end).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(end).trimStart();
    if (rest === '') return parts;
  }
  parts.push(rest);
  return parts;
}

function cutPosition(text: string, fits: (part: string) => boolean): number {
  const longest = longestFitting(text, fits);
  const head = text.slice(0, longest);
  for (const pause of PAUSES) {
    const end = lastEnd(head, pause);
    if (end > longest * EARLIEST_PAUSE) return end;
  }
  return longest;
}

/** The end of the longest beginning that fits, at a grapheme's edge; the first grapheme is always taken. */
function longestFitting(text: string, fits: (part: string) => boolean): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const segments = graphemes.segment(text);
  return segments.containing(low)?.index || (segments.containing(0)?.segment.length ?? text.length);
}

function lastEnd(text: string, pause: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pause)) end = match.index + match[0].length;
  return end;
}
