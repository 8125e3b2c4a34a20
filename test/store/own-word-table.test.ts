import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteOwnWord, listOwnWords, putOwnWord } from '../../src/store/own-word-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';
import type { TestStore } from '../support/test-store.ts';

const WORD = {
  kind: 'waste',
  said: '软筒子',
  heard: '软筒子',
  meaning: 'w001',
  meant: '报纸',
  staffId: null,
  now: new Date(NOW),
} as const;

forEachStore((open) => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await open();
    await opened.store.write((tx) => foundCommunity(tx, opened.vault));
  });
  afterEach(() => opened.close());

  const list = (communityId = 'c') => opened.store.read((tx) => listOwnWords(tx, communityId));
  const put = (word: Partial<Parameters<typeof putOwnWord>[1]> = {}) =>
    opened.store.write((tx) => putOwnWord(tx, { ...WORD, communityId: 'c', ...word }));

  test('a word taught again means the new thing, and stands once', async () => {
    await put();
    await put({ kind: 'habit', meaning: 'sort', now: new Date(NOW + 1) });
    expect(await list()).toMatchObject([{ kind: 'habit', said: '软筒子', meaning: 'sort' }]);
  });

  test('the newest stands first', async () => {
    await put();
    await put({ said: '巴巴箱', heard: '巴巴箱', now: new Date(NOW + 1) });
    expect((await list()).map(({ said }) => said)).toEqual(['巴巴箱', '软筒子']);
  });

  test('a word is forgotten by its own community alone', async () => {
    await put();
    const [word] = await list();
    const id = word?.id ?? '';
    expect(await opened.store.write((tx) => deleteOwnWord(tx, 'another', id))).toBeNull();
    expect(await list('another')).toEqual([]);
    expect(await opened.store.write((tx) => deleteOwnWord(tx, 'c', id))).toEqual(word);
    expect(await list()).toEqual([]);
  });
});
