import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotice, releaseDueNotices, releaseNotice } from '../../../src/features/notices/notices-service.ts';
import { acknowledgeNotice } from '../../../src/features/notices/receipt-service.ts';
import { findChatById, insertChat } from '../../../src/store/chat-table.ts';
import { countReceipts } from '../../../src/store/notice-receipt-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const DAY_MS = 24 * 60 * 60_000;

function after(days: number): Date {
  return new Date(STAGE_START.getTime() + days * DAY_MS);
}

/** Let go and, as far as it may, sent. */
async function released(chatIds: string[], days = 0): Promise<string> {
  const { bot } = office.stage;
  const act = { communityId: STAGE_COMMUNITY, staffId: null, now: after(days) };
  const { noticeId, departing } = await office.write(async (tx) => {
    const draft = { text: '停水', urgentReason: null, asksReceipt: true, chatIds };
    const made = await createNotice(tx, draft, act);
    if (!made.ok) throw new Error(made.why);
    await releaseNotice(tx, made.noticeId, act);
    const messages = await releaseDueNotices(tx, office.community, new Date(act.now.getTime() + 3 * 60_000));
    return { ...made, departing: await bot.follow(tx, office.community, 'notices', { messages }) };
  });
  bot.dispatcher.handOver(departing);
  bot.dispatcher.nudge();
  await bot.dispatcher.idle();
  return noticeId;
}

function receive(who: { personId: string; chatId: string }, days = 0.1) {
  return office.write(async (tx) => {
    const chat = await findChatById(tx, who.chatId);
    if (chat === null) throw new Error('no chat');
    const person = { id: who.personId, communityId: STAGE_COMMUNITY, consentedAt: null, consentVersion: null };
    return acknowledgeNotice(tx, { chat, person, now: after(days) });
  });
}

function count(noticeId: string) {
  return office.write((tx) => countReceipts(tx, noticeId));
}

test('a household counts once, whoever of it says so first and however often', async () => {
  const noticeId = await released([await office.group('3号楼群')]);
  const lin = await office.resident('lin');
  const wife = await office.resident('wife');
  const wang = await office.resident('wang');
  await office.write(async (tx) => {
    const home = { id: 'household-1', community_id: STAGE_COMMUNITY, area_id: null, building: '3' };
    const door = { door_sealed: '-', door_hash: '-', people: 2, created_at: 0 };
    await tx.db
      .insertInto('household')
      .values({ ...home, ...door })
      .execute();
    const members = [lin, wife].map(({ personId }) => ({ person_id: personId, household_id: home.id, joined_at: 0 }));
    await tx.db.insertInto('household_member').values(members).execute();
  });
  const answers = await Promise.all([receive(lin), receive(wife), receive(lin), receive(wang)]);
  expect(answers.map((answer) => answer.ok && answer.first)).toEqual([true, false, false, true]);
  expect(await count(noticeId)).toBe(2);
});

test('in a group it is about a notice that went to that group, in private about the newest', async () => {
  const three = await office.group('3号楼群');
  const five = await office.group('5号楼群');
  const older = await released([three]);
  const newer = await released([five], 0.05);
  const lin = await office.resident('lin');
  expect(await receive({ ...lin, chatId: three })).toMatchObject({ noticeId: older });
  expect(await receive(lin)).toMatchObject({ noticeId: newer });
});

test('what is held back for another day has been read by nobody', async () => {
  const three = await office.group('3号楼群');
  const seen = await released([three]);
  await released([three]);
  expect(await receive(await office.resident('lin'))).toMatchObject({ noticeId: seen });
});

test('a week later it is a word among neighbours again', async () => {
  await released([await office.group('3号楼群')]);
  expect(await receive(await office.resident('lin'), 7.1)).toEqual({ ok: false, why: 'no-notice' });
});

test('a word back is asked for in the way it can be given there, and not where nobody would hear it', async () => {
  const channels = ['wecom', 'web', 'manual'] as const;
  const chatIds: string[] = [];
  for (const channel of channels) {
    const at = { communityId: STAGE_COMMUNITY, channel, account: 'a', address: `a:${channel}`, kind: 'group' } as const;
    const chat = { ...at, areaId: null, personId: null, title: channel, now: STAGE_START };
    chatIds.push((await office.write((tx) => insertChat(tx, chat))).id);
  }
  const act = { communityId: STAGE_COMMUNITY, staffId: null, now: STAGE_START };
  const messages = await office.write(async (tx) => {
    const made = await createNotice(tx, { text: '停水', urgentReason: null, asksReceipt: true, chatIds }, act);
    if (!made.ok) throw new Error(made.why);
    await releaseNotice(tx, made.noticeId, act);
    return releaseDueNotices(tx, office.community, after(1));
  });
  const keys = new Map(
    messages.map(({ to, said }) => [typeof to === 'object' && 'chatId' in to ? to.chatId : '', said]),
  );
  expect(chatIds.map((id) => keys.get(id)?.key)).toEqual([
    'notice.posted-receipt',
    'notice.posted-receipt-page',
    'notice.posted',
  ]);
});
