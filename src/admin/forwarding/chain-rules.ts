/** Which shift a list is likely about, by the words over it. */
import type { Shift } from '../../model/activity.ts';

/** The one whose name stands in the theme, or shares most pairs of letters with it; `null` where none is like it. */
export function likeliestShift<S extends Pick<Shift, 'title' | 'startsAt'>>(
  shifts: readonly S[],
  theme: string,
): S | null {
  let best: { readonly shift: S; readonly score: number } | null = null;
  for (const shift of shifts) {
    const score = theme.includes(shift.title) ? Number.POSITIVE_INFINITY : shared(shift.title, theme);
    if (score >= ENOUGH && score > (best?.score ?? 0)) best = { shift, score };
  }
  return best?.shift ?? null;
}

// Half of the name: fewer are chance.
const ENOUGH = 0.5;

function shared(title: string, theme: string): number {
  const letters = [...title.replaceAll(/[\s\p{P}]/gu, '')];
  const pairs = letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  return pairs.length === 0 ? 0 : pairs.filter((pair) => theme.includes(pair)).length / pairs.length;
}
