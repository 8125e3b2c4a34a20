/** A Telegram channel on a loopback server, with everything it is given and everything it hands over in sight. */
import type { Channel, ChannelParts, ChannelState, Delivery } from '../../../src/channels/channel.ts';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import { TelegramConfig } from '../../../src/channels/telegram/telegram-config.ts';
import type { ChatEvent, Inbound } from '../../../src/model/inbound.ts';
import type { Message } from '../../../src/model/message.ts';
import {
  startTelegramServer,
  type TelegramServer,
  type TelegramServerOptions,
} from '../../support/telegram-server/telegram-server.ts';

export interface StageOptions {
  readonly server?: TelegramServerOptions;
  readonly config?: Partial<TelegramConfig>;
  readonly now?: () => Date;
}

export interface TelegramStage {
  readonly server: TelegramServer;
  readonly channel: Channel;
  /** In the order in which it was handed over. */
  readonly heard: (Inbound | ChatEvent)[];
  readonly choices: Map<string, string>;
  readonly files: Map<string, Uint8Array>;
  readonly logged: { readonly fields: object; readonly message: string }[];
  /** What the sink does beside remembering; replaced by tests. */
  keep: (heard: Inbound | ChatEvent) => Promise<void>;
  start(): Promise<void>;
  send(chat: number, message: Message, key?: string): ReturnType<Channel['deliver']>;
  /** Another channel on the same account, with parts of its own. */
  second(): Channel;
  end(): Promise<void>;
}

export async function openTelegramStage(options: StageOptions = {}): Promise<TelegramStage> {
  const server = await startTelegramServer(options.server);
  const heard: TelegramStage['heard'] = [];
  const choices = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const logged: { fields: object; message: string }[] = [];
  const note = (fields: object, message: string) => void logged.push({ fields, message });
  const parts: ChannelParts = {
    now: options.now ?? (() => new Date()),
    steadyNow: () => performance.now(),
    random: () => 0.5,
    choiceOf: async (key, index) => choices.get(`${key}/${index}`) ?? null,
    readFile: async (id) => files.get(id) ?? null,
    words: { answerByNumber: 'answer by number', answerByWord: (word) => `answer ${word}` },
    log: { info: note, warn: note, error: note },
  };
  const config: TelegramConfig = {
    ...TelegramConfig.parse({ token: server.token, apiRoot: server.url }),
    backoff: { firstMs: 10, longestMs: 80 },
    hold: { firstMs: 60_000, longestMs: 60_000 },
    ...options.config,
  };
  const opened: Channel[] = [];
  const open = (): Channel => {
    const channel = createTelegramChannel(config, parts);
    opened.push(channel);
    return channel;
  };
  const channel = open();
  let keys = 0;
  const stage: TelegramStage = {
    server,
    channel,
    heard,
    choices,
    files,
    logged,
    keep: async () => {},
    start: async () => {
      await channel.start(async (one) => {
        heard.push(one);
        await stage.keep(one);
      });
      await until(() => channel.status().state === 'online' && server.isPolled());
    },
    send: (chat, message, key = `key-${++keys}`) => channel.deliver(deliveryOf(channel, chat, message, key)),
    second: open,
    end: async () => {
      for (const one of opened) await one.stop();
      await server.stop();
    },
  };
  return stage;
}

function deliveryOf(channel: Channel, chat: number, message: Message, key: string): Delivery {
  const kind = chat < 0 ? 'group' : 'direct';
  return { key, account: channel.account, chat: { address: String(chat), kind }, kind: 'reply', message };
}

/** Waits for the next turn of the loop until it holds; fails after half a minute. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function stateIs(channel: Channel, state: ChannelState): Promise<void> {
  return until(() => channel.status().state === state);
}
