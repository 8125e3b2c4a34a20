/** Coming up, staying up and coming back, whatever the line does. */
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WecomServer } from '../../support/wecom-server/wecom-server.ts';
import { openTalking, openWecom, waitFor } from './open-wecom.ts';
import { openTls } from './tls-server.ts';

const QUICK = { firstRetryMs: 10, longestRetryMs: 40, steadyMs: 60_000 };

describe('a connection', () => {
  test('is online once the subscription was answered, and offline once it is stopped', async () => {
    const { channel, server, start } = await openWecom();
    expect(channel.status().state).toBe('offline');
    await start();
    expect(channel.status()).toEqual({ state: 'online', since: server.world.clock.now() });
    await channel.stop();
    expect(channel.status().state).toBe('offline');
    await waitFor(() => expect(server.world.sessions.size).toBe(0));
  });

  test('with a wrong secret says so and does not come again soon', async () => {
    const { channel, server, bot } = await openWecom({ config: { secret: 'wrong-secret' }, timings: QUICK });
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status()).toMatchObject({ state: 'needs-login', trouble: 'wrong-credentials' }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bot.subscribed).toHaveLength(1);
    expect(server.world.sessions.size).toBe(0);
  });

  test('of an unknown bot says the same', async () => {
    const { channel } = await openWecom({ config: { botId: 'nobody' } });
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status().trouble).toBe('wrong-credentials'));
  });

  test('that came too often waits longer than a minute', async () => {
    const { channel, server, bot, log } = await openWecom({ timings: { ...QUICK, tooOftenRetryMs: 30_000 } });
    server.order('aibot_subscribe', { refuse: 45009 });
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status().trouble).toBe('refused'));
    expect(log.join()).toContain('"retryInMs":30000');
    expect(bot.session).toBeNull();
  });

  test.each([
    ['refuses the upgrade', ({ faults }: WecomServer) => Object.assign(faults, { upgrade: 'refuse' }), 'unreachable'],
    [
      'never answers the upgrade',
      ({ faults }: WecomServer) => Object.assign(faults, { upgrade: 'hold' }),
      'unreachable',
    ],
    ['never subscribes it', ({ faults }: WecomServer) => Object.assign(faults, { silentAuth: true }), 'silent'],
    ['breaks as it opens', ({ faults }: WecomServer) => Object.assign(faults, { closeOnOpen: 3 }), 'unreachable'],
    ['refuses for no known reason', (one: WecomServer) => one.order('aibot_subscribe', { refuse: -1 }, 3), 'refused'],
    ['breaks instead of subscribing', (one: WecomServer) => one.order('aibot_subscribe', 'close', 3), 'unreachable'],
  ] as const)('to a server that %s is tried again until it works', async (_, spoil, trouble) => {
    const opened = await openWecom({ timings: { ...QUICK, handshakeMs: 100, subscribeMs: 150 } });
    const { channel, server } = opened;
    spoil(server);
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status()).toMatchObject({ state: 'connecting', trouble }));
    const { since } = channel.status();
    server.faults.upgrade = 'prompt';
    server.faults.silentAuth = false;
    await waitFor(() => expect(channel.status().state).toBe('online'));
    expect(channel.status().trouble).toBeUndefined();
    expect(since.getTime()).toBe(server.world.clock.now().getTime());
  });

  test('into a black hole is given up in time, and nothing is left open', async () => {
    const sockets = new Set<Socket>();
    const hole: Server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
      socket.resume();
    });
    await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void hole.close());
    const address = hole.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { channel, log } = await openWecom({
      config: { wsUrl: `ws://127.0.0.1:${port}` },
      timings: { handshakeMs: 50, subscribeMs: 100, firstRetryMs: 10_000, longestRetryMs: 10_000 },
    });
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status().trouble).toBe('unreachable'));
    await waitFor(() => expect(sockets.size).toBe(0));
    expect(log.filter((line) => line.includes('is down'))).toHaveLength(1);
  });

  test('to no server at all is tried again, more and more slowly', async () => {
    const { channel, server, log, start } = await openWecom({ timings: { ...QUICK, longestRetryMs: 80 } });
    await server.goDown();
    await channel.start(async () => {});
    const waits = () => log.flatMap((line) => /"retryInMs":(\d+)/.exec(line)?.[1] ?? []).map(Number);
    await waitFor(() => expect(waits().length).toBeGreaterThan(5));
    // Three quarters of 10, 20, 40, 80, 80: half of it for sure, the rest by chance.
    expect(waits().slice(0, 5)).toEqual([8, 15, 30, 60, 60]);
    await server.comeBack();
    await start();
  });

  test('to a server whose certificate is not trusted says so', async () => {
    const tls = await openTls();
    const { channel } = await openWecom({ config: { wsUrl: tls.wsUrl }, timings: QUICK });
    await channel.start(async () => {});
    await waitFor(() => expect(channel.status()).toMatchObject({ state: 'connecting', trouble: 'certificate' }));
  });
});

describe('a broken line', () => {
  test('is made anew, and one that never lasts is made anew ever more slowly', async () => {
    const { channel, server, bot, log, start } = await openWecom({ timings: QUICK });
    await start();
    server.faults.closeOnSubscribed = 4;
    server.cut(bot);
    await waitFor(() => expect(server.faults.closeOnSubscribed).toBe(0));
    await waitFor(() => expect(channel.status().state).toBe('online'));
    const waits = log.flatMap((line) => /"retryInMs":(\d+)/.exec(line)?.[1] ?? []);
    expect(waits).toEqual(['8', '15', '30', '30', '30']);
  });

  test('that lasted makes the next wait short again', async () => {
    const { server, bot, log, start, advance, channel } = await openWecom({ timings: QUICK });
    await start();
    for (let time = 0; time < 3; time += 1) {
      advance(60_001);
      server.cut(bot);
      await waitFor(() => expect(channel.status().state).not.toBe('online'));
      await waitFor(() => expect(channel.status().state).toBe('online'));
    }
    expect(log.flatMap((line) => /"retryInMs":(\d+)/.exec(line)?.[1] ?? [])).toEqual(['8', '8', '8']);
  });

  test('whose pings nobody answers is given up', async () => {
    const { server, start, channel, log } = await openWecom({ timings: { ...QUICK, heartbeatMs: 20 } });
    await start();
    server.faults.ignorePings = true;
    await waitFor(() => expect(channel.status().state).toBe('connecting'));
    expect(log.join()).toContain('stopped answering pings');
    server.faults.ignorePings = false;
    await waitFor(() => expect(channel.status().state).toBe('online'));
  });

  test('is noticed by a frame that says it is not subscribed', async () => {
    const { server, say, direct, channel, bot } = await openTalking({ timings: QUICK });
    const before = bot.session;
    server.order('aibot_send_msg', { refuse: 846609 });
    expect(await say(direct, '早')).toEqual({ fate: 'not-sent', code: 'offline', untried: true });
    await waitFor(() => expect(channel.status().state).toBe('online'));
    expect(bot.session).not.toBe(before);
    expect(await say(direct, '早')).toEqual({ fate: 'sent' });
  });

  test('on which three frames in a row are not answered is made anew', async () => {
    const { server, say, direct, bot } = await openTalking({ timings: QUICK });
    const before = bot.session;
    server.order('aibot_send_msg', 'lose', 3);
    const outcomes = await Promise.all(['一', '二', '三'].map((text) => say(direct, text)));
    for (const outcome of outcomes) expect(outcome).toEqual({ fate: 'unknown', code: 'timeout' });
    await waitFor(() => expect(bot.session).not.toBe(before));
    await waitFor(() => expect(bot.session).not.toBeNull());
    await waitFor(async () => expect(await say(direct, '四')).toEqual({ fate: 'sent' }));
  });
});

describe('another process on the same bot', () => {
  test('is told at once, and pushed out only after a while', async () => {
    const { server, bot, channel, start, say } = await openTalking({ timings: { kickedRetryMs: 150 } });
    const sinceKick = performance.now();
    server.kick(bot);
    await waitFor(() => expect(channel.status()).toMatchObject({ state: 'kicked', trouble: 'another-instance' }));
    expect(await say(server.singleChat(bot, 'lin'), '早')).toMatchObject({ fate: 'not-sent', untried: true });
    await start();
    expect(performance.now() - sinceKick).toBeGreaterThan(149);
  });

  test('is left alone after three tries within an hour', async () => {
    const { server, bot, channel, log, advance, start } = await openWecom({ timings: { kickedRetryMs: 10 } });
    await start();
    for (let time = 1; time <= 3; time += 1) {
      server.kick(bot);
      await waitFor(() => expect(kicksIn(log)).toBe(time));
      await waitFor(() => expect(channel.status().state).toBe('online'));
    }
    server.kick(bot);
    await waitFor(() => expect(kicksIn(log)).toBe(4));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(channel.status().state).toBe('kicked');
    await channel.stop();
    advance(60 * 60_000);
    await start();
  });

  test('does not end this process, even where the line fails in the same moment', async () => {
    const { bot, server, channel, log, start } = await openWecom({ timings: { kickedRetryMs: 20 } });
    await start();
    const told = JSON.stringify({
      cmd: 'aibot_event_callback',
      headers: { req_id: 'r' },
      body: { msgid: 'm', msgtype: 'event', event: { eventtype: 'disconnected_event' } },
    });
    // Reserved bits and a reserved opcode: no frame of a WebSocket.
    bot.session?.writeBytes(told, Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await waitFor(() => expect(kicksIn(log)).toBe(1));
    await waitFor(() => expect(channel.status().state).toBe('online'));
    expect(server.world.sessions.size).toBeLessThanOrEqual(2);
  });
});

test('stopped and started in one breath, it has one line, and what was under way is ended', async () => {
  const { server, bot, channel, say, direct, start } = await openTalking();
  server.order('aibot_send_msg', 'hold-ack');
  const sending = say(direct, '早');
  await waitFor(() => expect(server.world.held).toHaveLength(1));
  const stopped = channel.stop();
  const again = start();
  server.release();
  expect((await sending).fate).not.toBe('not-sent');
  await Promise.all([stopped, again]);
  await waitFor(() => expect(server.world.sessions.size).toBe(1));
  expect(channel.status().state).toBe('online');
  expect(bot.session).not.toBeNull();
  expect(await say(direct, '还在')).toEqual({ fate: 'sent' });
});

test('trouble of one bot is none of another', async () => {
  const [first, second] = [await openTalking(), await openTalking()];
  first.server.kick(first.bot);
  await waitFor(() => expect(first.channel.status().state).toBe('kicked'));
  expect(second.channel.status().state).toBe('online');
  expect(await second.say(second.direct, '早')).toEqual({ fate: 'sent' });
});

describe('junk', () => {
  test.each(['not json', '{}', 'null', '[]', '"text"', '{"cmd":"aibot_msg_callback","headers":{"req_id":"x"}}'])(
    '%s on the line changes nothing, and its words are not logged',
    async (junk) => {
      const { server, bot, channel, heard, log } = await openTalking();
      server.write(bot, junk);
      server.write(
        bot,
        '{"cmd":"aibot_msg_callback","headers":{},"body":{"msgtype":"text","text":{"content":"secret words"}}}',
      );
      server.write(bot, '{"cmd":"aibot_msg_callback","headers":{"req_id":"y"},"body":{"msgid":5,"msgtype":"text"}}');
      server.write(bot, '{"secret words');
      server.userSays(bot, 'lin', '还在吗');
      await waitFor(() => expect(heard).toHaveLength(1));
      expect(channel.status().state).toBe('online');
      expect(log.join()).not.toContain('secret words');
      expect(log.length).toBeLessThan(10);
    },
  );
});

test('the nightly line is there before the old one goes, and nothing looks like trouble', async () => {
  const opened = await openWecom({ timings: { freshAtHour: 3, freshWithinMs: 0 } });
  const { server, bot, channel, heard, log, start } = opened;
  const states = new Set<string>();
  // A tenth of a second before three, by the clock that the channel looks at.
  server.world.clock.set(new Date('2026-11-21T02:59:59.900+08:00'));
  await start();
  const before = bot.session;
  await waitFor(() => {
    states.add(channel.status().state);
    server.userSays(bot, 'lin', '睡不着');
    expect(bot.session).not.toBe(before);
  });
  server.world.clock.set(new Date('2026-11-21T04:00:00+08:00'));
  const spoken = server.screen(server.singleChat(bot, 'lin')).length;
  await waitFor(() => expect(heard).toHaveLength(spoken));
  expect([...states]).toEqual(['online']);
  expect(log.filter((line) => !line.startsWith('connected'))).toEqual([]);
});

test('a nightly line that cannot be made leaves the old one as it was, and what was to be sent meanwhile is sent', async () => {
  const opened = await openWecom({ timings: { freshAtHour: 3, freshWithinMs: 0, subscribeMs: 100 } });
  const { server, bot, channel, heard, log, start, say } = opened;
  server.world.clock.set(new Date('2026-11-21T02:59:59.900+08:00'));
  await start();
  const before = bot.session;
  server.userSays(bot, 'lin', '睡不着');
  await waitFor(() => expect(heard).toHaveLength(1));
  server.faults.silentAuth = true;
  await waitFor(() => expect(server.world.sessions.size).toBe(2));
  const outcome = say(server.singleChat(bot, 'lin'), '数羊');
  server.world.clock.set(new Date('2026-11-21T04:00:00+08:00'));
  expect(await outcome).toEqual({ fate: 'sent' });
  await waitFor(() => expect(server.world.sessions.size).toBe(1));
  expect(bot.session).toBe(before);
  expect(channel.status().state).toBe('online');
  expect(log.filter((line) => !line.startsWith('connected'))).toEqual([]);
});

/** How often it was pushed out; the state itself may be over before anybody looks. */
function kicksIn(log: readonly string[]): number {
  return log.filter((line) => line.startsWith('another process connected')).length;
}
