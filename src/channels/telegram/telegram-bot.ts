/** grammY's bot: it decodes nothing but what it is asked for, and every update ends in the sink. */
import { Bot } from 'grammy';
import type { ChannelParts, Sink } from '../channel.ts';
import { ClockDoubt } from '../server-clock.ts';
import { createAgent } from './connection-agent.ts';
import { Handover } from './handover.ts';
import { dateOf, type Heard, type Hearing } from './heard.ts';
import { heardOfBot, heardOfMember } from './heard-membership.ts';
import { heardInMessage } from './heard-message.ts';
import { heardPress } from './heard-press.ts';
import { JoinMemory } from './join-memory.ts';
import { botIdOf, type TelegramConfig } from './telegram-config.ts';
import { MembershipChange, TelegramMessage, TelegramPress } from './update-shapes.ts';

export interface BotParts extends Pick<ChannelParts, 'now' | 'choiceOf' | 'log'> {
  readonly sink: Sink;
  /** Tells Telegram that a press was noticed; never rejects. */
  readonly answerPress: (id: string) => Promise<unknown>;
}

// One poll, one last word, and the calls of a start.
const SOCKETS = 4;

export function createTelegramBot(config: TelegramConfig, parts: BotParts): Bot {
  const { token, apiRoot, proxy, pollSeconds, silenceMs } = config;
  const bot = new Bot(token, {
    client: {
      apiRoot,
      timeoutSeconds: pollSeconds + silenceMs / 1_000,
      baseFetchConfig: { agent: createAgent({ apiRoot, proxy, sockets: SOCKETS }), compress: true },
    },
  });
  const joins = new JoinMemory();
  const clock = new ClockDoubt('telegram', parts.log);
  const handover = new Handover(parts.sink);
  const account = botIdOf(config);
  const hearing = (me: { id: number; username: string }): Hearing => ({ account, me, now: parts.now() });

  // One for all, because filters wait for a different number of turns, and order would be lost between kinds of update.
  bot.use((context) => {
    const { message, callbackQuery, myChatMember, chatMember, me } = context;
    if (message !== undefined) {
      const said = TelegramMessage.parse(message);
      clock.heard(dateOf(said.date), parts.now());
      return handover.pass(said.chat.id, heardInMessage(said, hearing(me), joins));
    }
    if (callbackQuery !== undefined) {
      const press = TelegramPress.parse(callbackQuery);
      // First of all: until then the button spins, and soon Telegram takes no answer any more.
      void parts.answerPress(press.id);
      const heard = heardPress(press, hearing(me), parts.choiceOf).then(listOf);
      return handover.pass(press.message.chat.id, heard);
    }
    if (myChatMember !== undefined) {
      const change = MembershipChange.parse(myChatMember);
      return handover.pass(change.chat.id, listOf(heardOfBot(change, hearing(me))));
    }
    const change = MembershipChange.parse(chatMember);
    return handover.pass(change.chat.id, heardOfMember(change, hearing(me), joins));
  });
  return bot;
}

function listOf(heard: Heard | null): readonly Heard[] {
  return heard === null ? [] : [heard];
}
