import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/lib/gate.ts';

describe('a gate', () => {
  it('lets only so many run at once and keeps their order', async () => {
    const gate = createGate(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const tasks = [0, 1, 2, 3].map((task) =>
      gate.run(async () => {
        started.push(task);
        await new Promise<void>((resolve) => ends.push(resolve));
        return task;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    for (let i = 0; i < 4; i += 1) {
      ends[i]?.();
      await tasks[i];
      await new Promise<void>(setImmediate);
      expect(started).toEqual([0, 1, 2, 3].slice(0, Math.min(4, i + 3)));
    }
    expect(await Promise.all(tasks)).toEqual([0, 1, 2, 3]);
  });

  it('gives the place back after a failure', async () => {
    const gate = createGate(1);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(async () => 'yes')).toBe('yes');
  });
});
