/** What a request id is good for, what a push may do, quotas and lost answers, on the loopback WeCom itself. */
import { describe, expect, test } from 'vitest';
import { buttonCard, cardMessage, markdown, openServer } from './open-server.ts';

describe('a reply', () => {
  test('is shown in the chat of the message it answers', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const reqId = server.userSays(bot, 'lin', '你好') ?? '';
    const heard = await client.nextCallback();
    expect(heard.headers.req_id).toBe(reqId);
    expect(heard.body).toMatchObject({ chattype: 'single', from: { userid: 'lin' }, text: { content: '你好' } });
    expect((await client.send('aibot_respond_msg', markdown('早'), reqId)).errcode).toBe(0);
    expect(server.screen(server.singleChat(bot, 'lin')).at(-1)).toMatchObject({ content: '早', via: 'reply' });
  });

  test('is refused with 846605 after a day, on another connection, and with the id of an event', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const early = server.userSays(bot, 'lin', '你好') ?? '';
    const entered = server.enterChat(bot, 'lin') ?? '';
    expect((await client.send('aibot_respond_msg', markdown('早'), entered)).errcode).toBe(846605);
    for (let hour = 0; hour < 25 * 60; hour += 1) {
      server.advance(60_000);
      await client.send('ping');
    }
    expect((await client.send('aibot_respond_msg', markdown('早'), early)).errcode).toBe(846605);
    const reqId = server.userSays(bot, 'lin', '你好') ?? '';
    const next = await subscribe();
    expect((await next.send('aibot_respond_msg', markdown('早'), reqId)).errcode).toBe(846605);
  });

  test('of more than 20,480 bytes is refused with 45002, an unknown kind with 40008', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const reqId = server.userSays(bot, 'lin', '你好') ?? '';
    const long = '长'.repeat(6_827);
    expect((await client.send('aibot_respond_msg', markdown(long), reqId)).errcode).toBe(45002);
    expect((await client.send('aibot_respond_msg', markdown(long.slice(1)), reqId)).errcode).toBe(0);
    const text = { msgtype: 'text', text: { content: '早' } };
    expect((await client.send('aibot_respond_msg', text, reqId)).errcode).toBe(40008);
  });

  test('as a stream can be refreshed until it is finished or six minutes old', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const reqId = server.userSays(bot, 'lin', '你好') ?? '';
    const say = async (id: string, content: string, finish: boolean) =>
      (await client.send('aibot_respond_msg', { msgtype: 'stream', stream: { id, content, finish } }, reqId)).errcode;
    expect(await say('s1', '早', false)).toBe(0);
    expect(await say('s1', '早上好', true)).toBe(0);
    expect(await say('s1', '再见', true)).toBe(846608);
    expect(await say('s2', '早', false)).toBe(0);
    server.advance(80_000);
    for (let minute = 0; minute < 6; minute += 1) {
      await client.send('ping');
      server.advance(60_000);
    }
    expect(await say('s2', '晚', true)).toBe(846608);
    const texts = server
      .screen(server.singleChat(bot, 'lin'))
      .flatMap((one) => (one.what === 'text' ? [one.content] : []));
    expect(texts).toEqual(['早上好', '早']);
  });
});

describe('a welcome and the change of a card', () => {
  test('are taken once, within 5 s', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const hello = { msgtype: 'text', text: { content: '您好' } };
    const entered = server.enterChat(bot, 'lin') ?? '';
    expect((await client.send('aibot_respond_welcome_msg', markdown('您好'), entered)).errcode).toBe(40008);
    expect((await client.send('aibot_respond_welcome_msg', hello, entered)).errcode).toBe(0);
    expect((await client.send('aibot_respond_welcome_msg', hello, entered)).errcode).toBe(846605);
    const late = server.enterChat(bot, 'wang') ?? '';
    server.advance(5_001);
    expect((await client.send('aibot_respond_welcome_msg', hello, late)).errcode).toBe(846605);
  });

  test('changes the card for everybody, or for those who are named', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const group = server.addGroup(bot, ['lin', 'wang']);
    const reqId = server.groupSays(bot, group, 'lin', '报名') ?? '';
    expect((await client.send('aibot_respond_msg', cardMessage(buttonCard('t1')), reqId)).errcode).toBe(0);
    const click = server.clickCard(bot, group, 'lin', 't1', 'morning') ?? '';
    await client.nextCallback();
    const heard = await client.nextCallback();
    expect(heard.body?.event).toEqual({
      eventtype: 'template_card_event',
      template_card_event: { card_type: 'button_interaction', event_key: 'morning', task_id: 't1' },
    });
    const done = { ...buttonCard('t1'), button_list: [{ text: '好了', key: 'done' }] };
    const change = { response_type: 'update_template_card', userids: ['lin'], template_card: done };
    expect(
      (await client.send('aibot_respond_update_msg', { ...change, template_card: buttonCard('t2') }, click)).errcode,
    ).toBe(40058);
    expect((await client.send('aibot_respond_update_msg', change, click)).errcode).toBe(0);
    expect((await client.send('aibot_respond_update_msg', change, click)).errcode).toBe(846605);
    expect(() => server.clickCard(bot, group, 'lin', 't1', 'morning')).toThrow('no such button');
    const later = server.clickCard(bot, group, 'wang', 't1', 'evening') ?? '';
    server.advance(5_001);
    expect((await client.send('aibot_respond_update_msg', change, later)).errcode).toBe(846605);
  });
});

describe('a push', () => {
  test('needs somebody who has spoken, the right type and the very letters of the id', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const group = server.addGroup(bot, ['lin']);
    const push = async (more: object) => (await client.send('aibot_send_msg', { ...markdown('早'), ...more })).errcode;
    expect(await push({ chatid: group.id, chat_type: 2 })).toBe(93001);
    server.groupSays(bot, group, 'lin', '你好');
    expect(await push({ chatid: group.id, chat_type: 2 })).toBe(0);
    expect(await push({ chatid: group.id })).toBe(0);
    expect(await push({ chatid: group.id, chat_type: 1 })).toBe(93006);
    expect(await push({ chatid: group.id.toLowerCase(), chat_type: 2 })).toBe(93006);
    expect(await push({ chatid: group.id, chat_type: 2, msgtype: 'text', text: { content: '早' } })).toBe(40008);
    group.presence = 'removed';
    expect(await push({ chatid: group.id, chat_type: 2 })).toBe(93008);
    group.presence = 'dissolved';
    expect(await push({ chatid: group.id, chat_type: 2 })).toBe(93006);
  });

  test('and a reply share 30 a minute of the conversation, and no other conversation is touched', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const reqId = server.userSays(bot, 'lin', '你好') ?? '';
    server.userSays(bot, 'wang', '你好');
    const push = async (chatid: string) =>
      (await client.send('aibot_send_msg', { ...markdown('早'), chatid, chat_type: 1 })).errcode;
    for (let count = 0; count < 29; count += 1) expect(await push('lin')).toBe(0);
    expect((await client.send('aibot_respond_msg', markdown('早'), reqId)).errcode).toBe(0);
    expect((await client.send('aibot_respond_msg', markdown('早'), reqId)).errcode).toBe(45009);
    expect(await push('wang')).toBe(0);
    server.advance(60_001);
    expect(await push('lin')).toBe(0);
  });
});

describe('in a group', () => {
  test('the bot hears only what is said to it in words, with its name in front', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const group = server.addGroup(bot, ['lin']);
    expect(server.groupSays(bot, group, 'lin', '今天天气好', { mention: false })).toBeNull();
    expect(server.groupSays(bot, group, 'lin', { image: Buffer.from('picture') })).toBeNull();
    server.groupSays(bot, group, 'lin', '你好');
    const heard = await client.nextCallback();
    expect(heard.body).toMatchObject({ chatid: group.id, chattype: 'group', text: { content: '@绿邻 助手 你好' } });
    expect(client.callbacks).toEqual([]);
  });
});

describe('faults of frames', () => {
  test('an answer is lost, held, or comes on the next connection', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    const body = { ...markdown('早'), chatid: 'lin', chat_type: 1 };
    const order = { cmd: 'aibot_send_msg' };
    server.order(order.cmd, 'lose');
    server.order(order.cmd, 'apply-silently');
    server.order(order.cmd, 'hold-ack');
    server.order(order.cmd, 'ack-later');
    const answered: string[] = [];
    for (const name of ['lost', 'silent', 'held', 'late']) {
      void client.send(order.cmd, body, name).then(() => answered.push(name));
    }
    await client.send('ping');
    expect(answered).toEqual([]);
    expect(server.screen(server.singleChat(bot, 'lin'))).toHaveLength(4);
    server.release();
    await expect.poll(() => answered).toEqual(['held']);
    const next = await subscribe();
    expect((await next.send('ping')).errcode).toBe(0);
    expect(next.callbacks.map(({ headers }) => headers.req_id)).toEqual(['late']);
  });

  test('the line breaks instead of, or after, the effect', async () => {
    const { server, bot, subscribe } = await openServer();
    const first = await subscribe();
    server.userSays(bot, 'lin', '你好');
    const body = { ...markdown('早'), chatid: 'lin', chat_type: 1 };
    server.order('aibot_send_msg', 'close');
    void first.send('aibot_send_msg', body);
    expect(await first.closed).toBe(1006);
    server.order('aibot_send_msg', 'apply-then-close');
    const second = await subscribe();
    void second.send('aibot_send_msg', body);
    expect(await second.closed).toBe(1006);
    expect(server.screen(server.singleChat(bot, 'lin'))).toHaveLength(2);
  });

  test('a frame is refused by order or by chance', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    const send = async () =>
      (await client.send('aibot_send_msg', { ...markdown('早'), chatid: 'lin', chat_type: 1 })).errcode;
    server.order('aibot_send_msg', { refuse: 45033 });
    expect(await send()).toBe(45033);
    server.faults.random = { share: 1, codes: [-1, 6000], next: () => 0.6 };
    expect(await send()).toBe(6000);
  });

  test('callbacks come twice, out of order, late, or not at all', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    const words = async (count: number) => {
      const heard = [];
      for (let one = 0; one < count; one += 1) heard.push((await client.nextCallback()).body?.text);
      return heard;
    };
    server.faults.copies = 2;
    server.userSays(bot, 'lin', '一');
    const [one, two] = [await client.nextCallback(), await client.nextCallback()];
    expect(one.body?.msgid).toBe(two.body?.msgid);
    expect(one.headers.req_id).not.toBe(two.headers.req_id);
    server.faults.copies = 1;
    server.faults.reorder = true;
    server.userSays(bot, 'lin', '二');
    server.userSays(bot, 'lin', '三');
    expect(await words(2)).toEqual([{ content: '三' }, { content: '二' }]);
    server.faults.reorder = false;
    server.faults.withholdCallbacks = true;
    server.userSays(bot, 'lin', '四');
    expect((await client.send('ping')).errcode).toBe(0);
    server.faults.withholdCallbacks = false;
    client.close();
    await client.closed;
    await expect.poll(() => bot.session).toBeNull();
    server.userSays(bot, 'lin', '五');
    const next = await subscribe();
    await next.send('ping');
    expect([...client.callbacks, ...next.callbacks]).toEqual([]);
    server.faults.redeliverMissed = true;
    next.close();
    await expect.poll(() => bot.session).toBeNull();
    server.userSays(bot, 'lin', '六');
    expect((await (await subscribe()).nextCallback()).body?.text).toEqual({ content: '六' });
  });
});
