/** A WeCom channel on a loopback WeCom, with everything it hears and logs. */
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, vi } from 'vitest';
import type { Channel, ChannelParts, DeliveryOutcome } from '../../../src/channels/channel.ts';
import { createWecomChannel } from '../../../src/channels/wecom/wecom-channel.ts';
import type { WecomConfig, WecomTimings } from '../../../src/channels/wecom/wecom-config.ts';
import { LvlinError } from '../../../src/model/errors.ts';
import type { ChatEvent, Inbound } from '../../../src/model/inbound.ts';
import type { Message } from '../../../src/model/message.ts';
import type { OutgoingKind } from '../../../src/model/outgoing.ts';
import type { Shown } from '../../contracts/loopback-platform.ts';
import { shownOf, testConfig } from '../../support/wecom-server/wecom-platform.ts';
import { startWecomServer, type WecomServer } from '../../support/wecom-server/wecom-server.ts';
import type { Bot, Chat } from '../../support/wecom-server/world.ts';

/** A key of a message, and an id of a file, at which the records fail. */
export const UNREADABLE = '01890a5d-0000-774b-bcce-b302099a8057';
export const PATIENCE = { timeout: 30_000, interval: 5 };
export const BOT_NAME = '绿邻 助手';

export interface Opened {
  readonly server: WecomServer;
  readonly bot: Bot;
  readonly channel: Channel;
  readonly heard: (Inbound | ChatEvent)[];
  readonly log: string[];
  /** What the channel takes for the time that has passed; moved together with the platform's. */
  readonly advance: (ms: number) => void;
  /** What a choice means, by the key of its message. */
  readonly choices: Map<string, readonly string[]>;
  readonly files: Map<string, Uint8Array>;
  /** What becomes of the next things heard; afterwards they are kept. */
  readonly sinkFaults: (Error | Promise<void>)[];
  readonly start: () => Promise<void>;
  readonly say: (
    chat: Chat,
    message: Message | string,
    how?: { readonly kind?: OutgoingKind; readonly key?: string },
  ) => Promise<DeliveryOutcome>;
  readonly shown: (chat: Chat) => Shown[];
  /** Frames of the client with this command, on all connections so far. */
  readonly said: () => Inbound[];
}

export interface Opening {
  readonly config?: Partial<WecomConfig>;
  readonly timings?: Partial<WecomTimings>;
}

export async function openWecom({ config = {}, timings = {} }: Opening = {}): Promise<Opened> {
  const server = await startWecomServer();
  const bot = server.addBot('aibBot', 'secret-of-the-bot', BOT_NAME);
  const heard: (Inbound | ChatEvent)[] = [];
  const log: string[] = [];
  const choices = new Map<string, readonly string[]>();
  const files = new Map<string, Uint8Array>();
  const sinkFaults: (Error | Promise<void>)[] = [];
  let ahead = 0;
  const write = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const parts: ChannelParts = {
    now: () => server.world.clock.now(),
    steadyNow: () => performance.now() + ahead,
    random: () => 0.5,
    choiceOf: async (key, index) => {
      if (key === UNREADABLE) throw new LvlinError('database-unreachable');
      return choices.get(key)?.[index] ?? null;
    },
    readFile: async (id) => {
      if (id === UNREADABLE) throw new LvlinError('database-unreachable');
      return files.get(id) ?? null;
    },
    words: { answerByNumber: 'by number', answerByWord: (word) => `by ${word}` },
    log: { info: write, warn: write, error: write },
  };
  const base = testConfig(server, bot);
  const channel = createWecomChannel({ ...base, ...config, timings: { ...base.timings, ...timings } }, parts);
  const sink = async (one: Inbound | ChatEvent) => {
    const fault = sinkFaults.shift();
    if (fault instanceof Error) throw fault;
    await fault;
    heard.push(one);
  };
  onTestFinished(async () => {
    await channel.stop();
    await server.stop();
    expect(log.join('\n')).not.toContain(bot.secret);
  });
  return {
    server,
    bot,
    channel,
    heard,
    log,
    choices,
    files,
    sinkFaults,
    advance: (ms) => {
      ahead += ms;
      server.world.clock.set(new Date(server.world.clock.now().getTime() + ms));
    },
    start: async () => {
      await channel.start(sink);
      await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
    },
    say: (chat, message, { kind = 'notice', key = randomUUID() } = {}) =>
      channel.deliver({
        key,
        account: channel.account,
        chat: { address: chat.id, kind: chat.kind === 'single' ? 'direct' : 'group' },
        kind,
        message: typeof message === 'string' ? { text: message } : message,
      }),
    shown: (chat) => server.screen(chat).flatMap(shownOf),
    said: () => heard.filter((one): one is Inbound => !('event' in one)),
  };
}

/** Started, and somebody has spoken in private and in a group, so that the bot may speak there. */
export async function openTalking(opening: Opening = {}): Promise<Opened & { direct: Chat; group: Chat }> {
  const opened = await openWecom(opening);
  await opened.start();
  const { server, bot, heard } = opened;
  const group = server.addGroup(bot, ['lin', 'wang']);
  server.userSays(bot, 'lin', '你好');
  server.groupSays(bot, group, 'lin', '你好');
  await vi.waitFor(() => expect(heard).toHaveLength(2), PATIENCE);
  heard.length = 0;
  return { ...opened, direct: server.singleChat(bot, 'lin'), group };
}

export function waitFor(check: () => void): Promise<void> {
  return vi.waitFor(check, PATIENCE);
}
