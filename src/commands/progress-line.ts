/** Shows how far a long piece of work is: one moving line in a window, a line now and then in a log. */
import type { Speak } from './command.ts';
import { say } from './command-texts.ts';

export interface ProgressParts {
  readonly to: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly speak: Speak;
  readonly steadyNow: () => number;
}

export interface ProgressLine {
  /** `total` is `null` where nobody knows. */
  readonly at: (done: number, total: number | null) => void;
  /** Clears the moving line. */
  readonly end: () => void;
}

// What is done sooner needs no progress.
const QUIET_MS = 1_000;
// Often enough to look alive, seldom enough to cost nothing.
const MOVES_EVERY_MS = 200;
const LINES_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[K';

export function createProgress({ to, speak, steadyNow }: ProgressParts): ProgressLine {
  const every = to.isTTY === true ? MOVES_EVERY_MS : LINES_EVERY_MS;
  let next = steadyNow() + QUIET_MS;
  let isShown = false;

  function at(done: number, total: number | null): void {
    const now = steadyNow();
    if (now < next) return;
    next = now + every;
    const line = speak(sayingOf(done, total));
    to.write(to.isTTY === true ? `${CLEAR_LINE}${line}` : `${line}\n`);
    isShown = true;
  }

  function end(): void {
    if (isShown && to.isTTY === true) to.write(CLEAR_LINE);
    isShown = false;
  }

  return { at, end };
}

function sayingOf(done: number, total: number | null) {
  if (total === null || total === 0) return say('progress.count', { done });
  return say('progress.percent', { percent: Math.min(100, Math.floor((100 * done) / total)), done, total });
}

export function progressOnScreen(speak: Speak): ProgressLine {
  return createProgress({ to: process.stderr, speak, steadyNow: () => performance.now() });
}
