/** Hears what the workers of a community have taught, beside the words of the tables. */
import type { TaughtWord } from '../model/own-word.ts';
import type { Hit, Hits } from './lexicon.ts';

/** The same hits with those of the taught words, each list in the order of the text. */
export function withOwnWords(hits: Hits, text: string, words: readonly TaughtWord[]): Hits {
  const own = words.flatMap((word) => findAll(text, word));
  if (own.length === 0) return hits;
  const all = new Map(hits);
  for (const [kind, more] of Map.groupBy(own, (hit) => hit.kind)) {
    all.set(
      kind,
      [...(hits.get(kind) ?? []), ...more].sort((one, other) => one.start - other.start),
    );
  }
  return all;
}

// Of a message that repeats one word for ever.
const MOST_TIMES = 20;

function findAll(text: string, { kind, heard, meaning }: TaughtWord): Hit[] {
  const found: Hit[] = [];
  for (
    let at = text.indexOf(heard);
    at >= 0 && found.length < MOST_TIMES;
    at = text.indexOf(heard, at + heard.length)
  ) {
    found.push({ kind, value: meaning, start: at, end: at + heard.length, weight: heard.length });
  }
  return found;
}
