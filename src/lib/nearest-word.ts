/** Finds what somebody meant who mistyped a word of a closed list. */

/** The one of `known` that takes the fewest typing mistakes to come from `typed`; `known` must not be empty. */
export function nearestWord(typed: string, known: readonly string[]): string {
  return known.reduce((best, word) => (mistakesBetween(typed, word) < mistakesBetween(typed, best) ? word : best));
}

/** Letters left out, added, changed, or swapped with their neighbour. */
function mistakesBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const changed = at(last, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(at(last, column) + 1, at(next, column - 1) + 1, changed, swapped));
    }
    before = last;
    last = next;
  }
  return at(last, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
