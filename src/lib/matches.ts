/** Every place where a pattern fits. */

/** As `text.matchAll(pattern)`, which copies the pattern at each call: a microsecond, and most texts hold no match. */
export function matchesOf(text: string, pattern: RegExp): Iterable<RegExpExecArray> {
  return text.search(pattern) < 0 ? NONE : text.matchAll(pattern);
}

const NONE: readonly RegExpExecArray[] = [];
