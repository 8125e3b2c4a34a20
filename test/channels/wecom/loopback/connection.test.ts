/** Subscribing, pings and being displaced, on the loopback WeCom itself. */
import { describe, expect, test } from 'vitest';
import { CREDENTIALS, markdown, openServer } from './open-server.ts';

describe('a subscription', () => {
  test('is answered by a frame without a command that echoes the request id', async () => {
    const { connect } = await openServer();
    const client = await connect();
    const answer = await client.send('aibot_subscribe', CREDENTIALS, 'aibot_subscribe_7');
    expect(answer).toEqual({ headers: { req_id: 'aibot_subscribe_7' }, errcode: 0, errmsg: 'ok' });
  });

  test('with a wrong secret is refused with 40001, with an unknown bot with 40013, and the line stays open', async () => {
    const { connect } = await openServer();
    const client = await connect();
    expect((await client.send('aibot_subscribe', { ...CREDENTIALS, secret: 'wrong' })).errcode).toBe(40001);
    expect((await client.send('aibot_subscribe', { ...CREDENTIALS, bot_id: 'nobody' })).errcode).toBe(40013);
    expect((await client.send('aibot_subscribe', CREDENTIALS)).errcode).toBe(0);
  });

  test('too often within a minute is refused with 45009, and heard again after it', async () => {
    const { server, connect } = await openServer();
    const client = await connect();
    for (let time = 0; time < 30; time += 1) await client.send('aibot_subscribe', CREDENTIALS);
    expect((await client.send('aibot_subscribe', CREDENTIALS)).errcode).toBe(45009);
    server.advance(60_001);
    expect((await (await connect()).send('aibot_subscribe', CREDENTIALS)).errcode).toBe(0);
  });

  test('displaces the older connection, which is told and closed', async () => {
    const { subscribe } = await openServer();
    const older = await subscribe();
    await subscribe();
    const told = await older.nextCallback();
    expect(told.cmd).toBe('aibot_event_callback');
    expect(told.body?.event).toEqual({ eventtype: 'disconnected_event' });
    expect(told.body?.from).toBeUndefined();
    expect(await older.closed).toBe(1000);
  });

  test('that was displaced is no subscription any more', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    server.kick(bot, true);
    await client.nextCallback();
    expect((await client.send('ping')).errcode).toBe(846609);
  });
});

describe('before a subscription', () => {
  test('everything is refused with 846609', async () => {
    const { connect } = await openServer();
    const client = await connect();
    expect((await client.send('ping')).errcode).toBe(846609);
    expect((await client.send('aibot_send_msg', { chatid: 'lin', ...markdown('早') })).errcode).toBe(846609);
  });
});

describe('a ping', () => {
  test('is answered like any frame', async () => {
    const { subscribe } = await openServer();
    const client = await subscribe();
    expect(await client.send('ping', undefined, 'ping_1')).toEqual({
      headers: { req_id: 'ping_1' },
      errcode: 0,
      errmsg: 'ok',
    });
  });

  test('that does not come for 90 s ends the connection', async () => {
    const { server, subscribe } = await openServer();
    const client = await subscribe();
    server.advance(89_000);
    await client.send('ping');
    server.advance(89_000);
    expect((await client.send('ping')).errcode).toBe(0);
    server.advance(91_000);
    expect(await client.closed).toBe(1006);
  });
});

describe('faults of the connection', () => {
  test('silent, refused and delayed', async () => {
    const { server, connect } = await openServer();
    server.faults.upgrade = 'refuse';
    await expect(connect()).rejects.toThrow('503');
    server.faults.upgrade = 'hold';
    const held = connect();
    await expect.poll(() => server.world.held.length).toBe(1);
    server.release();
    const client = await held;
    server.faults.silentAuth = true;
    void client.send('aibot_subscribe', CREDENTIALS, 'aibot_subscribe_silent');
    expect((await client.send('ping')).errcode).toBe(846609);
  });

  test('it breaks as it opens, as it is subscribed, and when the server goes', async () => {
    const { server, connect, subscribe } = await openServer();
    server.faults.closeOnOpen = 1;
    expect(await (await connect()).closed).toBe(1006);
    server.faults.closeOnSubscribed = 1;
    expect(await (await subscribe()).closed).toBe(1006);
    const client = await subscribe();
    await server.goDown();
    expect(await client.closed).toBe(1006);
    await expect(connect()).rejects.toThrow('ECONNREFUSED');
    await server.comeBack();
    expect((await (await connect()).send('aibot_subscribe', CREDENTIALS)).errcode).toBe(0);
  });

  test('what is no frame is kept to be looked at', async () => {
    const { server, subscribe } = await openServer();
    const client = await subscribe();
    client.write('not json');
    await client.send('ping');
    expect(server.world.junk).toEqual(['not json']);
  });
});
