/** Work that stands in line: one after another under the same key, side by side under different ones. */

export interface Lines {
  /** Whether the work before it succeeded or not. */
  readonly run: <R>(key: string, work: () => Promise<R>) => Promise<R>;
  /** Resolves when everything in line so far is over. */
  readonly idle: () => Promise<void>;
}

export function createLines(): Lines {
  const lines = new Map<string, Promise<void>>();
  return {
    run: (key, work) => {
      const mine = (lines.get(key) ?? Promise.resolve()).then(work);
      const over = mine.then(
        () => {},
        () => {},
      );
      lines.set(key, over);
      void over.then(() => {
        if (lines.get(key) === over) lines.delete(key);
      });
      return mine;
    },
    idle: async () => {
      await Promise.all(lines.values());
    },
  };
}
