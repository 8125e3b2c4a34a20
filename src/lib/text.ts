/** Text from outside made safe to keep, count, cut and show, without changing what a person sees. */

/** What is kept of one message; the rest is cut. */
export const MESSAGE_GRAPHEMES = 2_000;
/** Of a list that a whole group wrote: 500 entries of 40 characters. */
export const LIST_GRAPHEMES = 20_000;
// A family emoji has 11 code units; a "letter" under hundreds of combining marks is not a letter.
const UNITS_A_GRAPHEME = 12;
// Nothing longer is even looked at, so that a huge message costs no more than a long one.
const WIRE_UNITS = 100_000;

// Characters that are one grapheme each and mean nothing special: ASCII, the usual dashes and quotes,
// CJK punctuation (without the combining tone marks from U+302A on), ideographs, full-width forms.
const PLAIN =
  /^[\n\t\u0020-\u007e\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e\uffe5]*$/;

const LINE_BREAK = /\r\n?|\u2028|\u2029/g;
// Controls, bidirectional controls, tag characters, zero-width and other invisible characters.
// Joiners and variation selectors wait for the next step, because emoji and rare name characters need them.
const INVISIBLE =
  /[[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\n\t\u180b-\u180f\u200d\ufe0e\ufe0f\u{e0100}-\u{e01ef}]]/gv;
// A variation selector is kept after an emoji, inside a keycap, after an ideograph or a Mongolian letter.
const STRAY_SELECTOR =
  /(?<!\p{Extended_Pictographic})[\ufe0e\ufe0f](?!(?<=[0-9#*]\ufe0f)\u20e3)|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]|(?<!\p{Script=Mongolian})[\u180b-\u180f]/gu;
// A joiner is kept between two emoji.
const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** What came over the wire, as it is kept: NFC, well-formed, nothing invisible, at most 2,000 graphemes. Idempotent. */
export function fromWire(text: string, most = MESSAGE_GRAPHEMES): string {
  if (PLAIN.test(text)) return text.slice(0, most);
  return cutGraphemes(cleaned(text.slice(0, WIRE_UNITS)), most, most * UNITS_A_GRAPHEME);
}

/** How many characters a person would count. */
export function graphemeLength(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** The first `count` graphemes, never part of one; with `maxUnits`, at most so many UTF-16 code units too. */
export function cutGraphemes(text: string, count: number, maxUnits = Number.POSITIVE_INFINITY): string {
  if (text.length <= count && text.length <= maxUnits) return text;
  if (PLAIN.test(text)) return text.slice(0, Math.min(count, maxUnits));
  let taken = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (taken === count || end + segment.length > maxUnits) return text.slice(0, end);
    taken += 1;
    end += segment.length;
  }
  return text;
}

/**
 * Removing an invisible character can bring two together that then compose, and composing can leave a joiner
 * without its emoji; so it is done until nothing changes (three rounds at most, one for nearly all texts).
 */
function cleaned(text: string): string {
  let before = '';
  let after = text.toWellFormed().replace(LINE_BREAK, '\n').replace(INVISIBLE, '').normalize('NFC');
  while (after !== before) {
    before = after;
    after = before.replace(STRAY_SELECTOR, '').replace(STRAY_JOINER, '').normalize('NFC');
  }
  return after;
}
