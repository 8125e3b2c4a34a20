import { expect, test } from 'vitest';
import { createLines } from '../../src/lib/lines.ts';

test('under one key the next begins when the one before is over, failed or not; other keys do not wait', async () => {
  const lines = createLines();
  const gate = Promise.withResolvers<void>();
  const done: string[] = [];
  const first = lines.run('a', async () => {
    await gate.promise;
    done.push('first');
    throw new Error('a bug');
  });
  const second = lines.run('a', async () => void done.push('second'));
  await lines.run('b', async () => void done.push('other'));
  expect(done).toEqual(['other']);
  gate.resolve();
  await expect(first).rejects.toThrow('a bug');
  await second;
  expect(done).toEqual(['other', 'first', 'second']);
});

test('it is idle when all that stood in line is over', async () => {
  const lines = createLines();
  const gate = Promise.withResolvers<string>();
  const done: string[] = [];
  const given = lines.run('a', () => gate.promise);
  const idle = lines.idle().then(() => void done.push('idle'));
  void given.then((value) => void done.push(value));
  gate.resolve('given');
  await idle;
  expect(done).toEqual(['given', 'idle']);
});
