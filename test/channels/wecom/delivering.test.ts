/** How a message goes out, what every refusal means, and what becomes of one that was half said. */
import { describe, expect, test } from 'vitest';
import { openTalking, openWecom, waitFor } from './open-wecom.ts';

const KEY = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('a reply', () => {
  test('answers the message it is for, once; the next one is a message of its own', async () => {
    const { say, direct, server } = await openTalking();
    await say(direct, '第一句', { kind: 'reply' });
    await say(direct, '第二句', { kind: 'reply' });
    expect(server.screen(direct).flatMap((item) => (item.what === 'text' ? [item.via] : []))).toEqual([
      'reply',
      'push',
    ]);
  });

  test('answers what was asked first, first', async () => {
    const { say, group, server, bot, heard } = await openTalking();
    server.groupSays(bot, group, 'wang', '二');
    await waitFor(() => expect(heard).toHaveLength(1));
    await say(group, '答一', { kind: 'reply' });
    await say(group, '答二', { kind: 'reply' });
    const replies = bot.session?.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg') ?? [];
    const asked = replies.map(({ headers }) => server.world.reqIds.get(headers.req_id)?.userId);
    expect(asked).toEqual(['lin', 'wang']);
  });

  test("in a group to what was asked a while ago is a message of its own, beside nobody's name", async () => {
    const { say, group, direct, server, advance } = await openTalking();
    advance(61_000);
    await say(group, '早', { kind: 'reply' });
    await say(direct, '早', { kind: 'reply' });
    expect(server.screen(group).at(-1)).toMatchObject({ via: 'push' });
    expect(server.screen(direct).at(-1)).toMatchObject({ via: 'reply' });
  });

  test('to what is a day old, or was asked on an earlier line, is a message of its own', async () => {
    const { say, direct, server, bot, advance, heard, channel } = await openTalking();
    advance(24 * 60 * 60_000);
    expect(await say(direct, '早', { kind: 'reply' })).toEqual({ fate: 'sent' });
    server.userSays(bot, 'lin', '在吗');
    await waitFor(() => expect(heard).toHaveLength(1));
    server.cut(bot);
    await waitFor(() => expect(channel.status().state).not.toBe('online'));
    await waitFor(() => expect(channel.status().state).toBe('online'));
    expect(await say(direct, '在', { kind: 'reply' })).toEqual({ fate: 'sent' });
    expect(server.screen(direct).flatMap((item) => (item.what === 'text' ? [item.via] : []))).toEqual(['push', 'push']);
    expect(bot.session?.frames.map(({ cmd }) => cmd)).not.toContain('aibot_respond_msg');
  });

  test.each([846605, 846608])('refused with %i is said as a message of its own', async (refuse) => {
    const { say, direct, server } = await openTalking();
    server.order('aibot_respond_msg', { refuse });
    expect(await say(direct, '早', { kind: 'reply' })).toEqual({ fate: 'sent' });
    expect(server.screen(direct).at(-1)).toMatchObject({ via: 'push', content: '早' });
  });

  test('whose answer was lost is not said again by itself', async () => {
    const { say, direct, server, shown } = await openTalking();
    server.order('aibot_respond_msg', 'apply-then-close');
    expect(await say(direct, '早', { kind: 'reply' })).toEqual({ fate: 'unknown', code: 'network' });
    expect(shown(direct)).toHaveLength(1);
  });

  test('whose answer comes late is not taken for that of the next', async () => {
    const { say, direct, server } = await openTalking();
    server.order('aibot_respond_msg', 'hold-ack');
    server.order('aibot_send_msg', 'lose');
    const first = await say(direct, '一', { kind: 'reply' });
    const second = say(direct, '二', { kind: 'reply' });
    server.release();
    expect(first).toEqual({ fate: 'unknown', code: 'timeout' });
    expect(await second).toEqual({ fate: 'unknown', code: 'timeout' });
  });
});

describe('a welcome', () => {
  test('is said to somebody who has just come, though they have never spoken', async () => {
    const { say, server, bot, heard } = await openTalking();
    const zhao = server.singleChat(bot, 'zhao');
    server.enterChat(bot, 'zhao');
    await waitFor(() => expect(heard).toHaveLength(1));
    const message = { text: '您好，**赵**先生 *_*', link: { label: '看看', url: 'https://lvlin.example/' } };
    expect(await say(zhao, message, { kind: 'reply' })).toEqual({ fate: 'sent' });
    expect(server.screen(zhao)).toEqual([
      { what: 'text', via: 'welcome', content: '您好，赵先生 *_*\n\n看看\nhttps://lvlin.example/' },
    ]);
  });

  test('may be a card', async () => {
    const { say, server, bot, heard, shown } = await openTalking();
    server.enterChat(bot, 'zhao');
    await waitFor(() => expect(heard).toHaveLength(1));
    const zhao = server.singleChat(bot, 'zhao');
    const choices = [{ label: '报名', say: '报名' }];
    expect(await say(zhao, { text: '您好', choices }, { kind: 'reply' })).toEqual({ fate: 'sent' });
    expect(shown(zhao)[0]?.buttons).toEqual(['报名']);
  });

  test('that comes too late is refused as a push to somebody who has never spoken', async () => {
    const { say, server, bot, heard, advance } = await openTalking();
    server.enterChat(bot, 'zhao');
    await waitFor(() => expect(heard).toHaveLength(1));
    advance(4_500);
    const zhao = server.singleChat(bot, 'zhao');
    expect(await say(zhao, '您好', { kind: 'reply' })).toEqual({ fate: 'not-sent', code: 'forbidden', final: true });
  });
});

describe('a push', () => {
  test('names the kind of chat, and the id letter for letter', async () => {
    const { say, direct, group, bot } = await openTalking();
    await say(direct, '早');
    await say(group, '早');
    const pushes = bot.session?.frames.filter(({ cmd }) => cmd === 'aibot_send_msg') ?? [];
    expect(pushes.map(({ body }) => [body?.chatid, body?.chat_type])).toEqual([
      ['lin', 1],
      [group.id, 2],
    ]);
  });

  test.each([
    [-1, { code: 'server-error', retryAfterMs: 3_000 }],
    [6000, { code: 'server-error', retryAfterMs: 1_000 }],
    [40008, { code: 'invalid', final: true }],
    [40058, { code: 'invalid', final: true }],
    [40201, { code: 'refused-content', final: true }],
    [45002, { code: 'too-large', final: true }],
    [45009, { code: 'rate-limited', retryAfterMs: 65_000 }],
    [45033, { code: 'rate-limited', retryAfterMs: 5_000 }],
    [93001, { code: 'forbidden', final: true }],
    [93006, { code: 'not-found', final: true, gone: true }],
    [93008, { code: 'gone', final: true, gone: true }],
    [846609, { code: 'offline', untried: true }],
    [99999, { code: 'server-error' }],
  ])('refused with %i is not sent', async (refuse, told) => {
    const { say, direct, server, shown } = await openTalking();
    server.order('aibot_send_msg', { refuse });
    expect(await say(direct, '早')).toEqual({ fate: 'not-sent', ...told });
    expect(shown(direct)).toEqual([]);
  });

  test('while there is no line is not tried', async () => {
    const { channel, server, bot } = await openWecom();
    const to = { address: 'lin', kind: 'direct' } as const;
    const message = { text: '早' };
    expect(await channel.deliver({ key: KEY, account: bot.id, chat: to, kind: 'notice', message })).toEqual({
      fate: 'not-sent',
      code: 'offline',
      untried: true,
    });
    expect(server.world.sessions.size).toBe(0);
  });

  test('to a chat that has had its 30 of a minute waits for the next, and the others do not', async () => {
    const { say, direct, group, advance } = await openTalking();
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => say(direct, `${index}`)));
    expect(outcomes.filter(({ fate }) => fate === 'sent')).toHaveLength(29);
    expect(outcomes.at(-1)).toMatchObject({ fate: 'not-sent', code: 'rate-limited', untried: true });
    expect(await say(group, '早')).toEqual({ fate: 'sent' });
    advance(61_000);
    expect(await say(direct, '早')).toEqual({ fate: 'sent' });
  });
});

describe('a message in several pieces', () => {
  const long = Array.from({ length: 900 }, (_, index) => `第${index}段：垃圾要分好，一家人都来。`).join('\n');

  test('arrives whole, cut where a reader would pause', async () => {
    const { say, direct, shown } = await openTalking();
    expect(await say(direct, long)).toEqual({ fate: 'sent' });
    expect(shown(direct).length).toBeGreaterThan(1);
    expect(
      shown(direct)
        .map(({ text }) => text)
        .join('\n'),
    ).toBe(long);
  });

  test('goes on where it stopped, when it is tried again', async () => {
    const { say, direct, shown, server } = await openTalking();
    server.order('aibot_send_msg', { refuse: 45009 });
    expect(await say(direct, long, { kind: 'reply', key: KEY })).toMatchObject({
      fate: 'not-sent',
      code: 'rate-limited',
    });
    expect(shown(direct)).toHaveLength(1);
    expect(await say(direct, long, { kind: 'reply', key: KEY })).toEqual({ fate: 'sent' });
    expect(
      shown(direct)
        .map(({ text }) => text)
        .join('\n'),
    ).toBe(long);
  });

  test('is shown once, however often the same one comes', async () => {
    const { say, direct, shown } = await openTalking();
    await say(direct, '早', { key: KEY });
    expect(await say(direct, '早', { key: KEY })).toEqual({ fate: 'sent' });
    expect(shown(direct)).toHaveLength(1);
  });
});

test('a platform that refuses at random never makes a message arrive twice, or vanish as if it had been sent', async () => {
  const { say, direct, server, shown } = await openTalking();
  let seed = 7;
  const next = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  server.faults.random = { share: 0.4, codes: [-1, 6000, 45033], next };
  const sent: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    const text = `第${index}条`;
    if ((await say(direct, text, { kind: 'reply' })).fate === 'sent') sent.push(text);
  }
  expect(sent.length).toBeGreaterThan(5);
  expect(shown(direct).map(({ text }) => text)).toEqual(sent);
});
