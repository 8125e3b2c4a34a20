import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../../src/language/vocabulary.ts';
import { threadTime } from '../support/processor-time.ts';
import { readKnownThings, readLanguageTables } from './language-tables.ts';

describe('the vocabulary', () => {
  const known = readKnownThings();

  // A guard against blow-ups, at ten times what it takes on a quiet machine.
  it('is built in less than 800 ms', () => {
    const tables = readLanguageTables();
    const times = Array.from({ length: 4 }, () => threadTime(() => buildVocabulary(tables, known)));
    expect(Math.min(...times)).toBeLessThan(800);
  });

  it('refuses a table that is missing, by its name', () => {
    const { units: _, ...tables } = readLanguageTables();
    expect(() => buildVocabulary(tables, known)).toThrow('data/language/units.csv');
  });

  it('refuses a signal that no intent listens to', () => {
    const tables = readLanguageTables();
    const signals = [...(tables.signals ?? []), { signal: 'sings', phrase: '唱歌' }];
    expect(() => buildVocabulary({ ...tables, signals }, known)).toThrow('unknown signal sings');
  });

  it('refuses words for a habit that does not exist', () => {
    const tables = readLanguageTables();
    const aliases = [...(tables['habit-aliases'] ?? []), { habit: 'sing-more', phrase: '多唱歌' }];
    expect(() => buildVocabulary({ ...tables, 'habit-aliases': aliases }, known)).toThrow('sing-more');
  });

  it('has words for every habit', () => {
    const aliases = new Set(readLanguageTables()['habit-aliases']?.map((row) => row.habit));
    expect(known.habits.filter((habit) => !aliases.has(habit.id))).toEqual([]);
  });
});
