/** One list of everything the bot can say: nothing that is said may be missing in it, or be said by two. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allTexts } from '../src/catalogue.ts';
import { isMadeOf } from '../src/lib/made-of.ts';
import { shippedContent } from './support/shipped-content.ts';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => /-texts\.ts$/.test(file));

/** The catalogue a file hands to `sayerOf`, or the one it exports: what its own `say` is checked against. */
async function catalogueOf(file: string): Promise<[string, unknown][]> {
  const source = readFileSync(SOURCE + file, 'utf8');
  const name = /sayerOf\((\w+)\)/.exec(source)?.[1] ?? /export const (\w+_TEXTS)\b/.exec(source)?.[1] ?? '';
  const exported: Record<string, object> = await import(SOURCE + file);
  return Object.entries(exported[name] ?? {});
}

describe('the catalogue of all texts', () => {
  it('has files to be made of', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('holds every key of %s with its variables', async (file) => {
    const texts = await catalogueOf(file);
    expect(texts.length).toBeGreaterThan(0);
    for (const [key, variables] of texts) expect(allTexts[key], key).toEqual(variables);
  });

  it('holds no key that two of them use', async () => {
    // A list of lists hands on the very same entries.
    const first = new Map<string, unknown>();
    const texts = (await Promise.all(files.map(catalogueOf))).flat();
    const twice = texts.filter(([key, variables]) => {
      if (!first.has(key)) first.set(key, variables);
      return first.get(key) !== variables;
    });
    expect(twice).toEqual([]);
  });
});

/** Said for somebody who presses a button of a page: who hears it takes for a yes what is made of these words alone. */
const HAS_TO_BE_A_YES = [
  ['residents-page.said-yes', 'pledge.yes-words'],
  ['privacy.delete-yes', 'privacy.yes-words'],
] as const;

describe.each(['zh-CN', 'en'])('in %s the yes of a button', (locale) => {
  it.each(HAS_TO_BE_A_YES)('%s lies inside %s', async (button, words) => {
    const { texts } = await shippedContent();
    const written = (key: string) => texts.render(locale, key, {}, key);
    expect(written(words)).not.toBe('');
    expect(isMadeOf(written(button), written(words)), written(button)).toBe(true);
  });
});
