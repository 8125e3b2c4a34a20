import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGroupTaskClient } from '../../../src/channels/manual/group-task-client.ts';
import type { OwnerDesk } from '../../../src/model/owner-task.ts';
import { APP_SECRET, CORP_ID, startWecomApp, type WecomAppServer } from '../../support/wecom-app-server.ts';

let server: WecomAppServer;
let steady: number;

beforeEach(async () => {
  server = await startWecomApp();
  steady = 0;
});
afterEach(() => server.close());

function client(more: { secret?: string; corpId?: string; apiRoot?: string; timeoutMs?: number } = {}): OwnerDesk {
  const config = { corpId: CORP_ID, secret: APP_SECRET, apiRoot: server.url, timeoutMs: 5_000, ...more };
  return createGroupTaskClient(config, () => steady);
}

const WISH = { owner: 'wang', chat: 'wrGROUP1', text: '周六停水', attachment: null };

it('puts a message before the owner of the group, and tells when it was sent', async () => {
  const desk = client();
  const handed = await desk.handOver(WISH);
  expect(handed).toEqual({ ok: true, taskId: 'msg-1' });
  expect(server.tasks).toMatchObject([{ sender: 'wang', chats: ['wrGROUP1'], text: '周六停水' }]);
  const task = { taskId: 'msg-1', owner: 'wang', chat: 'wrGROUP1' };
  expect(await desk.resultOf(task)).toEqual({ ok: true, result: { state: 'waiting' } });
  server.confirm('msg-1', 1_795_000_000);
  const at = new Date(1_795_000_000_000);
  expect(await desk.resultOf(task)).toEqual({ ok: true, result: { state: 'sent', at } });
});

it('tells where WeCom held it back although the owner tapped', async () => {
  const desk = client();
  await desk.handOver(WISH);
  server.confirm('msg-1', 1_795_000_000, true);
  const looked = await desk.resultOf({ taskId: 'msg-1', owner: 'wang', chat: 'wrGROUP1' });
  expect(looked).toEqual({ ok: true, result: { state: 'held-back' } });
});

it('sends a picture along', async () => {
  const attachment = { name: '停水.png', mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
  expect(await client().handOver({ ...WISH, attachment })).toMatchObject({ ok: true });
  expect(server.uploads).toHaveLength(1);
  expect(server.uploads[0]).toContain('image ');
  expect(server.tasks[0]?.attachments).toEqual(['{"msgtype":"image","image":{"media_id":"media-1"}}']);
});

it('asks for a token once for all who wait for it, and again only after it has run out', async () => {
  const desk = client();
  await Promise.all([1, 2, 3, 4].map(() => desk.handOver(WISH)));
  expect(server.tokensGiven()).toBe(1);
  steady += 7_200_000;
  await desk.handOver(WISH);
  expect(server.tokensGiven()).toBe(2);
});

it('takes a fresh token where the one it holds is worth nothing any more, once for all', async () => {
  const desk = client();
  await desk.handOver(WISH);
  server.spendTokens();
  const handed = await Promise.all([1, 2, 3].map(() => desk.handOver(WISH)));
  expect(handed.every(({ ok }) => ok)).toBe(true);
  expect(server.tokensGiven()).toBe(2);
});

it('does not ask for tokens for ever', async () => {
  const desk = client();
  server.refuse('externalcontact/add_msg_template', 42001, 42001, 42001);
  expect(await desk.handOver(WISH)).toMatchObject({ ok: false, why: { code: 'wrong-credentials', number: 42001 } });
  expect(server.tokensGiven()).toBe(2);
});

it.each([
  [-1, 'busy'],
  [45009, 'too-often'],
  [60020, 'untrusted-address'],
  [48002, 'not-permitted'],
  [90501, 'not-a-customer-group'],
  [99999, 'not-taken'],
])('says what %s of WeCom means', async (errcode, code) => {
  server.refuse('externalcontact/add_msg_template', errcode);
  const refused = await client().handOver(WISH);
  expect(refused).toEqual({ ok: false, why: { code, number: errcode }, mayBeDone: false });
});

it('says that a secret is wrong, an owner unknown, a group not theirs, a text too long', async () => {
  const code = async (desk: OwnerDesk, wish: Partial<typeof WISH> = {}) => {
    const answer = await desk.handOver({ ...WISH, ...wish });
    return answer.ok ? 'ok' : answer.why.code;
  };
  expect(await code(client({ secret: 'wrong-secret' }))).toBe('wrong-credentials');
  expect(await code(client({ corpId: 'ww9999' }))).toBe('wrong-credentials');
  expect(await code(client(), { owner: 'nobody' })).toBe('unknown-owner');
  expect(await code(client(), { chat: 'wrOTHER' })).toBe('not-a-customer-group');
  expect(await code(client(), { text: '水'.repeat(1_334) })).toBe('too-long');
});

it('leaves open whether it was done where the answer is lost, and says nothing of the secret', async () => {
  const desk = client();
  server.swallow('externalcontact/add_msg_template');
  const lost = await desk.handOver(WISH);
  expect(lost).toEqual({ ok: false, why: { code: 'unreachable', number: null }, mayBeDone: true });
  expect(server.tasks).toHaveLength(1);
  const nowhere = await client({ apiRoot: 'http://127.0.0.1:1' }).handOver(WISH);
  expect(nowhere).toMatchObject({ ok: false, why: { code: 'unreachable' }, mayBeDone: false });
  expect(JSON.stringify([lost, nowhere])).not.toContain(APP_SECRET);
});
