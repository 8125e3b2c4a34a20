import { afterEach, beforeEach, expect, test } from 'vitest';
import { countFates } from '../../../src/features/notices/notices-rules.ts';
import {
  createNotice,
  editNotice,
  noticeFates,
  noticeHeadline,
  releaseDueNotices,
  releaseNotice,
  retryNotice,
  takeBackNotice,
} from '../../../src/features/notices/notices-service.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { updateChat } from '../../../src/store/chat-table.ts';
import { findNotice } from '../../../src/store/notice-table.ts';
import { fatesOf, forgetSent, settleOutbox } from '../../../src/store/outbox-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
let groups: string[];

beforeEach(async () => {
  office = await openOffice();
  groups = [await office.group('3号楼群'), await office.group('5号楼群')];
});
afterEach(() => office.close());

const MINUTE_MS = 60_000;

function act(minutes = 0) {
  const now = new Date(STAGE_START.getTime() + minutes * MINUTE_MS);
  return { communityId: STAGE_COMMUNITY, staffId: 'staff-1', now };
}

function draft(change: object = {}) {
  return { text: '明早停水', urgentReason: null, asksReceipt: false, chatIds: groups, ...change };
}

async function made(change: object = {}): Promise<string> {
  const result = await office.write((tx) => createNotice(tx, draft(change), act()));
  if (!result.ok) throw new Error(result.why);
  return result.noticeId;
}

async function releaseDue(minutes: number) {
  return office.write((tx) => releaseDueNotices(tx, office.community, act(minutes).now));
}

/** Written, let go, due, and in the queue of every group. */
async function queued(change: object = {}): Promise<string> {
  const id = await made(change);
  await office.write((tx) => releaseNotice(tx, id, act()));
  await office.write(async (tx) => {
    const messages = await releaseDueNotices(tx, office.community, act(4).now);
    await office.stage.bot.follow(tx, office.community, 'notices', { messages });
  });
  return id;
}

test.each([
  [{ text: '  ' }, 'empty'],
  [{ text: '水'.repeat(501) }, 'too-long'],
  [{ chatIds: [] }, 'no-groups'],
  [{ urgentReason: ' ' }, 'reason-missing'],
  [{ chatIds: ['somebody-elses-group'] }, 'foreign-group'],
])('a draft %j is not kept: %s', async (change, why) => {
  expect(await office.write((tx) => createNotice(tx, draft(change), act()))).toMatchObject({ ok: false, why });
});

test('two processes that release the same notice at once send it to each group once', async () => {
  const id = await made();
  await office.write((tx) => releaseNotice(tx, id, act()));
  const both = await Promise.all([releaseDue(3), releaseDue(3)]);
  expect(both.flat().map(({ to }) => to)).toEqual(groups.map((chatId) => ({ chatId })));
});

test('before its three minutes are over nothing goes out, and two clicks count as one', async () => {
  const id = await made();
  const results = await Promise.all([1, 2].map(() => office.write((tx) => releaseNotice(tx, id, act()))));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await releaseDue(2)).toEqual([]);
  expect(await releaseDue(3)).toHaveLength(2);
});

test('a notice for later waits for its time, which must lie ahead', async () => {
  const id = await made();
  const at = act(60).now;
  expect(await office.write((tx) => releaseNotice(tx, id, { ...act(), at: act(-1).now }))).toMatchObject({
    why: 'too-early',
  });
  await office.write((tx) => releaseNotice(tx, id, { ...act(), at }));
  expect(await releaseDue(59)).toEqual([]);
  expect(await releaseDue(60)).toHaveLength(2);
});

test('what is on its way cannot be changed until it is taken back', async () => {
  const id = await made();
  await office.write((tx) => releaseNotice(tx, id, act()));
  const edit = () => office.write((tx) => editNotice(tx, id, draft({ text: '改到后天', chatIds: [groups[0]] }), act()));
  expect(await edit()).toEqual({ ok: false, why: 'not-a-draft' });
  expect(await office.write((tx) => takeBackNotice(tx, id, act(1)))).toEqual({ ok: true, how: 'unseen' });
  expect(await edit()).toMatchObject({ ok: true });
  await office.write((tx) => releaseNotice(tx, id, act(2)));
  expect(await releaseDue(5)).toMatchObject([{ to: { chatId: groups[0] }, said: { variables: { text: '改到后天' } } }]);
});

test('an urgent notice says so to the queue, and its reason stands in the audit log', async () => {
  const id = await made({ urgentReason: '燃气泄漏' });
  await office.write((tx) => releaseNotice(tx, id, act()));
  expect((await releaseDue(3)).map(({ urgent }) => urgent)).toEqual([true, true]);
  const audit = await office.write((tx) => listAudit(tx, STAGE_COMMUNITY, { limit: 1 }));
  expect(audit).toMatchObject([{ action: 'notice.release', staffId: 'staff-1', reason: '燃气泄漏' }]);
});

test('a group the bot has left is shown as left out and gets nothing', async () => {
  await office.write((tx) => updateChat(tx, groups[1] ?? '', { state: 'gone' }));
  const id = await queued();
  const fates = await office.write((tx) => noticeFates(tx, { id, state: 'released' }));
  expect(fates.map(({ title, fate }) => [title, fate])).toEqual([
    ['3号楼群', 'queued'],
    ['5号楼群', 'left-out'],
  ]);
});

test('only what did not arrive is sent again, once, however often the button is pressed', async () => {
  const id = await queued();
  const [first, second] = await office.write((tx) => fatesOf(tx, id));
  await settle(first?.id, 'refused');
  await settle(second?.id, 'unknown');
  expect(
    noticeHeadline(countFates(await office.write((tx) => noticeFates(tx, { id, state: 'released' })))),
  ).toMatchObject({
    key: 'notice.staff-not-sent',
    variables: { groups: 2, sent: 0, failed: 1 },
  });
  const retry = (unsureToo: boolean) => office.write((tx) => retryNotice(tx, id, { ...act(10), unsureToo }));
  const pressed = await Promise.all([retry(false), retry(false)]);
  expect(pressed.filter(({ ok }) => ok)).toMatchObject([{ messages: [{ to: { chatId: first?.chatId } }] }]);
  expect(await retry(true)).toMatchObject({ messages: [{ to: { chatId: second?.chatId } }] });
  expect(await retry(true)).toEqual({ ok: false, why: 'nothing-failed' });
});

test('the newest delivery of a group is its fate', async () => {
  const id = await queued();
  const [first] = await office.write((tx) => fatesOf(tx, id));
  await settle(first?.id, 'refused');
  await office.write(async (tx) => {
    const result = await retryNotice(tx, id, { ...act(10), unsureToo: false });
    if (result.ok) await office.stage.bot.follow(tx, office.community, 'notices', { messages: result.messages });
  });
  const fates = await office.write((tx) => noticeFates(tx, { id, state: 'released' }));
  expect(fates.map(({ fate }) => fate)).toEqual(['queued', 'queued']);
});

test('taking back after release pulls what still waits and says how many have it', async () => {
  const id = await queued();
  const [first] = await office.write((tx) => fatesOf(tx, id));
  await settle(first?.id, 'unknown');
  expect(await office.write((tx) => takeBackNotice(tx, id, act(5)))).toEqual({
    ok: true,
    how: 'partly',
    pulled: 1,
    gone: 1,
  });
  expect(await office.write((tx) => takeBackNotice(tx, id, act(6)))).toEqual({ ok: false, why: 'too-late' });
  expect(await office.write((tx) => retryNotice(tx, id, { ...act(7), unsureToo: false }))).toMatchObject({ ok: false });
  expect((await office.write((tx) => findNotice(tx, STAGE_COMMUNITY, id)))?.state).toBe('released');
});

test('when the fates are not kept any more, nobody is told that all is well or that something waits', async () => {
  const id = await queued();
  const [first, second] = await office.write((tx) => fatesOf(tx, id));
  for (const row of [first, second]) {
    await office.write((tx) =>
      settleOutbox(tx, { id: row?.id ?? '', owner: null }, { fate: 'expired', reason: 'late', now: act(5).now }),
    );
  }
  await office.write((tx) => forgetSent(tx, act(999_999).now));
  const counts = countFates(await office.write((tx) => noticeFates(tx, { id, state: 'released' })));
  expect(noticeHeadline(counts)).toMatchObject({ key: 'notice.staff-long-ago', variables: { groups: 2 } });
});

test('a notice of another community cannot be touched', async () => {
  const id = await made();
  const foreign = { ...act(), communityId: 'another-community' };
  expect(await office.write((tx) => releaseNotice(tx, id, foreign))).toEqual({ ok: false, why: 'unknown' });
  expect(await office.write((tx) => takeBackNotice(tx, id, foreign))).toEqual({ ok: false, why: 'unknown' });
});

async function settle(outboxId: string | undefined, fate: 'refused' | 'unknown'): Promise<void> {
  await office.write((tx) =>
    settleOutbox(tx, { id: outboxId ?? '', owner: null }, { fate, reason: 'network', now: act(5).now }),
  );
}

test('what a person took back counts neither as failed nor among the groups', () => {
  const group = { chatId: 'a', title: null, doneAt: null } as const;
  const counts = countFates([
    { ...group, fate: 'expired', reason: 'taken-back' },
    { ...group, fate: 'expired', reason: null },
    { ...group, fate: 'sent', reason: null },
  ]);
  expect(counts).toMatchObject({ groups: 2, pulled: 1, failed: 1, sent: 1 });
});
