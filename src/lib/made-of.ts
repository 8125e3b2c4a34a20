/** Whether a text says certain words and nothing else: what a yes must be before anything is kept because of it. */

// Whoever writes more than this has something else to say too.
const LONGEST = 24;

/** Width, case, punctuation and spaces do not count; `words` are parted by spaces. */
export function isMadeOf(text: string, words: string): boolean {
  const said = bare(text);
  if (said === '' || said.length > LONGEST) return false;
  const known = words.split(/\s+/u).map(bare).filter(Boolean);
  const reached = new Set([0]);
  for (let from = 0; from < said.length; from += 1) {
    if (!reached.has(from)) continue;
    for (const word of known) if (said.startsWith(word, from)) reached.add(from + word.length);
  }
  return reached.has(said.length);
}

// A question mark stays: a yes that asks is none.
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}?]/gu, '');
}
