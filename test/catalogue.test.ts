/** One list of everything the bot can say: nothing that is said may be missing in it, or be said by two. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allTexts } from '../src/catalogue.ts';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const Catalogue = z.record(z.string(), z.array(z.string()));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => /-texts\.ts$/.test(file));

/** The catalogue a file hands to `sayerOf`: the one its own `say` is checked against. */
async function catalogueOf(file: string): Promise<Record<string, readonly string[]>> {
  const name = /sayerOf\((\w+)\)|export const (\w+_TEXTS)\b/.exec(readFileSync(SOURCE + file, 'utf8'));
  const exported: unknown = (await import(SOURCE + file))[name?.[1] ?? name?.[2] ?? ''];
  return Catalogue.parse(exported);
}

describe('the catalogue of all texts', () => {
  it('has files to be made of', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('holds every key of %s with its variables', async (file) => {
    for (const [key, variables] of Object.entries(await catalogueOf(file)))
      expect(allTexts[key], key).toEqual(variables);
  });

  it('holds no key that two of them use', async () => {
    const keys = (await Promise.all(files.map(catalogueOf))).flatMap((catalogue) => Object.keys(catalogue));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});
