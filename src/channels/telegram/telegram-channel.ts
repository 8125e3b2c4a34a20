/** Telegram as a channel: long polling in, calls to the Bot API out. */
import type { Bot } from 'grammy';
import type { Capabilities, Channel, ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import { BotApi } from './bot-api.ts';
import { Deliverer } from './deliverer.ts';
import { Poller } from './poller.ts';
import { Standing } from './standing.ts';
import { createTelegramBot } from './telegram-bot.ts';
import { botIdOf, type TelegramConfig } from './telegram-config.ts';

// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 a second over all, one a
// second in a chat with short bursts, 20 a minute in a group. The window of a group is a second wider than Telegram's,
// because messages do not travel equally fast.
const CAN: Capabilities = {
  longestText: 4_096,
  buttons: true,
  speaksFirst: false,
  pictureFirst: true,
  // https://core.telegram.org/bots/api#deletemessage
  recallWithinMs: 48 * 60 * 60 * 1_000,
  pace: {
    perSecond: 30,
    perDirect: [{ most: 5, withinMs: 5_000 }],
    perGroup: [{ most: 20, withinMs: 61_000 }],
  },
};
const OFFLINE: DeliveryOutcome = { fate: 'not-sent', code: 'offline', untried: true };

export function createTelegramChannel(config: TelegramConfig, parts: ChannelParts): Channel {
  const standing = new Standing(parts.now);
  const api = new BotApi(config);
  const deliverer = new Deliverer(api, parts);
  let poller: Poller | null = null;
  let bot: Bot | null = null;

  async function deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const { state } = standing.status;
    if (state !== 'online' && state !== 'degraded') return OFFLINE;
    const outcome = await deliverer.deliver(delivery);
    if (outcome.fate === 'not-sent' && outcome.code === 'wrong-credentials')
      standing.set('offline', 'wrong-credentials');
    return outcome;
  }

  return {
    name: 'telegram',
    account: botIdOf(config),
    can: CAN,
    start: async (sink) => {
      if (poller !== null) return;
      const { now, choiceOf, random, log } = parts;
      const answerPress = (callback_query_id: string) =>
        api.call({ method: 'answerCallbackQuery', payload: { callback_query_id } });
      bot = createTelegramBot(config, { sink, now, choiceOf, log, answerPress });
      poller = new Poller({ bot, config, standing, random, log });
      poller.start();
    },
    deliver,
    recall: (chat, receipt) => deliverer.recall(chat.address, receipt),
    status: () => standing.status,
    handle: () => (bot?.isInited() === true ? bot.botInfo.username : null),
    stop: async () => {
      const ended = poller;
      poller = null;
      await ended?.stop();
      // Not waited for: a call that hangs may take as long as it is allowed to.
      void api.close();
    },
  };
}
