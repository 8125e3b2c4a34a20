/** Watches how long the event loop stands still. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;

export interface LoopWatch {
  /** The longest stop since the last look, in milliseconds. */
  longestMs(): number;
  stop(): void;
}

export function watchEventLoop(): LoopWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    longestMs: () => {
      const longest = delay.max / 1e6;
      delay.reset();
      return longest;
    },
    stop: () => delay.disable(),
  };
}
