/** 字太小看了半天，看完了，我同意: after small talk the answer stands alone at the end. */
import { hitsOf, LONGEST_UNDERSTOOD, type Reading, unexplainedOf } from '../reading.ts';
import type { Signal } from '../signals.ts';
import { maskSpan } from '../text-mask.ts';

const CLAUSES = /[^\n,.;:!?]*[\p{Letter}\p{Number}][^\n,.;:!?]*/gu;

/** Whether the last clause holds one of the signals, and with the filler nothing else. */
export function lastClauseIs(reading: Reading, ...signals: readonly Signal[]): boolean {
  const { text } = reading;
  if (text.length > LONGEST_UNDERSTOOD) return false;
  const last = [...text.matchAll(CLAUSES)].at(-1);
  if (last === undefined || last.index === 0) return false;
  if (!signals.some((signal) => hitsOf(reading, signal).some(({ start }) => start >= last.index))) return false;
  return unexplainedOf(reading, maskSpan(text, { start: 0, end: last.index }), ...signals, 'filler', 'self') === 0;
}
