/** The vocabulary built from the tables of data/, as the bot builds it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { KnownThings, Vocabulary } from '../../src/language/vocabulary.ts';
import { buildVocabulary } from '../../src/language/vocabulary.ts';

const DATA = fileURLToPath(new URL('../../data/', import.meta.url));
const Rows = z.array(z.record(z.string(), z.string()));

function readTable(file: string): Record<string, string>[] {
  return Rows.parse(parse(readFileSync(DATA + file, 'utf8'), { bom: true, columns: true, skip_empty_lines: true }));
}

export function readLanguageTables(): Record<string, Record<string, string>[]> {
  const files = readdirSync(`${DATA}language`).filter((file) => file.endsWith('.csv'));
  return Object.fromEntries(files.map((file) => [file.replace('.csv', ''), readTable(`language/${file}`)]));
}

export function readKnownThings(): KnownThings {
  return {
    habits: readTable('habits.csv').map((row) => ({ id: row.id ?? '', title: row.title_zh ?? '' })),
    wasteNames: readTable('waste-guide.csv').flatMap((row) => [row.name ?? '', ...(row.aliases ?? '').split('、')]),
  };
}

export function testVocabulary(): Vocabulary {
  return buildVocabulary(readLanguageTables(), readKnownThings());
}
