/** Hides what one reader has understood from the readers after it, keeping every position. */

/** A private-use character: in no table, no digit, no clause stop. */
export const MASK = '\ue000';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function maskSpan(text: string, { start, end }: Span): string {
  return text.slice(0, start) + MASK.repeat(end - start) + text.slice(end);
}

export function maskSpans(text: string, spans: readonly Span[]): string {
  return spans.reduce(maskSpan, text);
}
