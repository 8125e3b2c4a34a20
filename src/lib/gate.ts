/** Lets only so many tasks run at once; the others wait their turn. */

export interface Gate {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createGate(atOnce: number): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function run<T>(task: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place is handed on rather than given up, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return { run };
}
