import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveTip, postTip } from '../../../src/features/tips/tips-service.ts';
import { instantOf } from '../../../src/lib/zoned-time.ts';
import { findChatById } from '../../../src/store/chat-table.ts';
import { findLastChatTip } from '../../../src/store/tip-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const slot = instantOf('2026-11-20', '09:30');

function post(at = { slot, now: slot }) {
  return office.write((tx) => postTip(tx, office.content, office.community, at));
}

test('two processes that run the same slot at once post one tip', async () => {
  const chatId = await office.group('3号楼群');
  const both = (await Promise.all([post(), post()])).flat();
  expect(both).toMatchObject([{ to: { chatId }, kind: 'tip', collapseKey: 'tip' }]);
  expect(both[0]?.notAfter).toEqual(instantOf('2026-11-20', '20:00'));
});

test('a community without groups uses up no tip', async () => {
  expect(await post()).toEqual([]);
  await office.group('3号楼群');
  expect(await post()).toHaveLength(1);
});

test('what a group has heard on request does not come by itself within the year', async () => {
  const chatId = await office.group('3号楼群');
  const [wouldBe] = await office.write(async (tx) => {
    const chat = await findChatById(tx, chatId);
    if (chat === null) return [];
    return [await giveTip(tx, office.content, office.community, { chat, category: null, now: slot })];
  });
  const [posted] = await post();
  expect(posted?.said.variables.text).not.toBe(wouldBe?.text);
});

test('whoever asks on and on hears every tip of a subject once and then an honest none', async () => {
  const { chatId } = await office.resident('lin');
  const heard: string[] = [];
  for (;;) {
    const tip = await office.write(async (tx) => {
      const chat = await findChatById(tx, chatId);
      if (chat === null) return null;
      return giveTip(tx, office.content, office.community, { chat, category: 'save-paper', now: slot });
    });
    if (tip === null) break;
    expect(tip.category).toBe('save-paper');
    heard.push(tip.id);
  }
  expect(heard.length).toBeGreaterThan(3);
  expect(new Set(heard).size).toBe(heard.length);
  expect((await office.write((tx) => findLastChatTip(tx, chatId)))?.tipId).toBeDefined();
});
