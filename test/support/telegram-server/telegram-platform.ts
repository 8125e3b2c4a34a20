/** Telegram on loopback with the verbs that every platform of the contract has. */
import type { ChannelParts } from '../../../src/channels/channel.ts';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import { TelegramConfig } from '../../../src/channels/telegram/telegram-config.ts';
import type { LoopbackPlatform, Shown } from '../../contracts/loopback-platform.ts';
import { startTelegramServer, type TelegramServer } from './telegram-server.ts';
import type { Account, Chat, SentMessage } from './world.ts';

const SECRET = 'AAsecret-part-of-the-token-on-loopback';

export async function createTelegramPlatform(): Promise<LoopbackPlatform> {
  const server = await startTelegramServer({ token: `7654321:${SECRET}` });
  const { people, world, faults, queue } = server;
  const person = (address: string): Account => world.person(Number(address));
  const chat = (address: string): Chat => world.chat(Number(address));
  const isSend = ({ chat_id }: { readonly chat_id?: unknown }) => chat_id !== undefined;
  return {
    lacks: ['private-first', 'overhearing'],
    secrets: [SECRET],
    openChannel: async (parts) => openChannel(server, parts),
    addPerson: async (name) => String(people.addPerson(name).id),
    addGroup: async (title, members) => String(people.addGroup(title, members.map(person)).id),
    says: async (who, text, { group, mention = false, twice = false } = {}) => {
      const words = mention ? `@${world.bot.username} ${text}` : text;
      people.say(person(who), chat(group ?? who), words);
      if (twice) queue.repeatNewest();
    },
    presses: async (who, where, label) => {
      const newest = world.newestIn(Number(where));
      if (newest === undefined) throw new Error('there is no message to press on');
      people.press(person(who), newest, label);
    },
    echoes: async (where, text, from) => {
      const other: Account = { id: 42, is_bot: true, first_name: 'other', username: 'other_bot' };
      people.echo(from === 'itself' ? world.bot : other, chat(where), text);
    },
    joins: async (who, group) => people.join(person(who), chat(group)),
    removesBot: async (group) => people.setBot(somebodyIn(chat(group)), chat(group), 'kicked'),
    dissolves: async (group) => people.dissolve(somebodyIn(chat(group)), chat(group)),
    shown: async (where) => world.sent.filter((one) => String(one.chatId) === where && !one.deleted).map(shownAs),
    refusesOnce: async (where, retryAfterMs) => {
      const seconds = Math.ceil(retryAfterMs / 1_000);
      const description = `Too Many Requests: retry after ${seconds}`;
      const fault = { kind: 'status', status: 429, description, parameters: { retry_after: seconds } } as const;
      faults.order('*', fault, 1, ({ chat_id }) => String(chat_id) === where);
    },
    losesAnswer: async () => faults.order('*', { kind: 'answer-lost' }, 1, isSend),
    goesDown: () => server.goDown(),
    comesBack: () => server.comeBack(),
    stop: () => server.stop(),
  };
}

function openChannel({ url, token }: TelegramServer, parts: ChannelParts) {
  const backoff = { firstMs: 20, longestMs: 200 };
  return createTelegramChannel(TelegramConfig.parse({ token, apiRoot: url, backoff }), parts);
}

function somebodyIn({ people }: Chat): Account {
  for (const one of people.values()) return one;
  throw new Error('there is nobody in the group');
}

function shownAs({ text, buttons, method }: SentMessage): Shown {
  return {
    text,
    buttons: buttons.flat().map((button) => button.text),
    images: method === 'sendPhoto' ? 1 : 0,
    files: method === 'sendDocument' ? 1 : 0,
  };
}
