/** Every act that is written down reads as words in the log of what was done. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shippedContent } from '../support/shipped-content.ts';

const SOURCE = join(import.meta.dirname, '../../src');

it('every act of the log has its words', async () => {
  const { texts } = await shippedContent();
  const acts = new Set(
    readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...readFileSync(join(SOURCE, path), 'utf8').matchAll(/\baction: '([a-z-]+\.[a-z-]+)'/g)])
      .flatMap(([, action]) => action ?? []),
  );
  expect(acts.size).toBeGreaterThan(20);
  const wordless = [...acts].filter((act) => !texts.has(`audit.${act.replaceAll('.', '-')}`));
  expect(wordless).toEqual([]);
});
