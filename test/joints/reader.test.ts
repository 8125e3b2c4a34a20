import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { watchContent } from '../../src/content/reload.ts';
import { createReader, keepVocabulary, vocabularyFaults } from '../../src/joints/reader.ts';
import { createVocabularyBook } from '../../src/joints/vocabulary-book.ts';
import { shippedContent } from '../support/shipped-content.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('an edited table that cannot be used leaves the words as they were; a good one is taken over', async () => {
  const shipped = await shippedContent();
  let current: Content = shipped;
  const read = createReader(() => current);
  const utterance = {
    text: '曲率引擎',
    chat: 'direct',
    mentioned: false,
    at: '2026-11-18T01:00:00Z',
    open: null,
    activities: [],
  } as const;
  const before = read({ ...utterance, activities: [] });
  current = { ...shipped, languageTables: { ...shipped.languageTables, homophones: [] } };
  expect(read({ ...utterance, activities: [] })).toEqual(before);
  const [first, ...items] = shipped.wasteGuide.items;
  if (first === undefined) throw new Error('the waste guide is empty');
  const wasteGuide = { ...shipped.wasteGuide, items: [{ ...first, aliases: ['曲率引擎'] }, ...items] };
  current = { ...shipped, wasteGuide };
  expect([before.intent, read({ ...utterance, activities: [] }).intent]).toEqual(['none', 'waste.ask']);
});

test('a word table that cannot be used is named with its line, for its editor', async () => {
  const shipped = await shippedContent();
  const signals = shipped.languageTables.signals ?? [];
  const languageTables = { ...shipped.languageTables, signals: [...signals, { signal: 'foo', phrase: 'pleads' }] };
  expect(vocabularyFaults(shipped)).toEqual([]);
  expect(vocabularyFaults({ ...shipped, languageTables })).toEqual([
    {
      file: 'data/language/signals.csv',
      line: signals.length + 2,
      code: 'words-unusable',
      detail: { reason: 'unknown signal foo' },
    },
  ]);
});

test('words are made once, while the set is checked, and used when it is taken over', async () => {
  const shipped = await shippedContent();
  const book = createVocabularyBook();
  expect(book.of(shipped)).toBeUndefined();
  expect(await book.check(shipped)).toEqual([]);
  const made = book.of(shipped);
  expect(made).toBeDefined();
  expect(keepVocabulary(() => shipped, book.of)()).toBe(made);
  const broken = { ...shipped, languageTables: { ...shipped.languageTables, homophones: [] } };
  expect(await book.check(broken)).toMatchObject([{ file: 'data/language/homophones.csv', code: 'words-unusable' }]);
  expect(book.of(broken)).toBeUndefined();
});

test('others are served while the words of a set are made', async () => {
  const shipped = await shippedContent();
  let turns = 0;
  let isDone = false;
  const served = (async () => {
    while (!isDone) {
      await setImmediate();
      turns += 1;
    }
  })();
  await createVocabularyBook().check(shipped);
  isDone = true;
  await served;
  expect(turns).toBeGreaterThan(3);
});

test('a word a worker saves in a table, in the GBK of an old Excel, is understood without a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-words-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(`${ROOT}data`, folder, { recursive: true });
  const book = createVocabularyBook();
  const input = { dataFolder: folder, promptsFolder: `${ROOT}test/support/no-prompts`, catalogue: {} };
  const watched = await watchContent({ ...input, alsoCheck: book.check });
  if (!watched.ok) throw new Error(JSON.stringify(watched.faults));
  const { current, reloadIfChanged, faults } = watched.reload;
  const read = createReader(current, keepVocabulary(current, book.of));
  const say = (text: string) =>
    read({ text, chat: 'direct', mentioned: false, at: '2026-11-18T01:00:00Z', open: null, activities: [] });
  expect(say('我家承诺米粒归零').slots.habits).toBeUndefined();

  const file = join(folder, 'language/habit-aliases.csv');
  const before = readFileSync(file);
  writeFileSync(file, Buffer.concat([before, Buffer.from('no-such-habit,米粒归零\n')]));
  await reloadIfChanged();
  await reloadIfChanged();
  expect(faults()).toMatchObject([{ file: 'data/language/habit-aliases.csv', code: 'words-unusable' }]);
  expect(say('大骨头扔哪').intent).toBe('waste.ask');

  writeFileSync(file, gbk(`${before.toString('utf8')}clean-plate,米粒归零\n`.replaceAll('\n', '\r\n')));
  await reloadIfChanged();
  await reloadIfChanged();
  expect(faults()).toEqual([]);
  expect(say('我家承诺米粒归零').slots.habits).toEqual(['clean-plate']);
});

/** As Excel on a Chinese Windows writes it: no encoder comes with Node, so the table of the decoder is turned round. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  }
  return Buffer.from(
    [...text].flatMap((character) =>
      character.charCodeAt(0) < 128 ? [character.charCodeAt(0)] : (codes.get(character) ?? [63]),
    ),
  );
}
