/** The loopback WeCom as the channel contract drives it. */
import { createWecomChannel } from '../../../src/channels/wecom/wecom-channel.ts';
import { WECOM_TIMINGS, type WecomConfig } from '../../../src/channels/wecom/wecom-config.ts';
import type { LoopbackPlatform, Shown } from '../../contracts/loopback-platform.ts';
import type { ManualClock } from '../manual-clock.ts';
import { recordsIn } from './card-rules.ts';
import { readMarkdown } from './read-markdown.ts';
import { startWecomServer, type WecomServer } from './wecom-server.ts';
import type { Bot, Card, Chat, ScreenItem } from './world.ts';

const SECRET = 'wecom-secret-that-nobody-may-read';

/** `now` is what time it is for people; limits go by the clock of the machine. */
export async function createWecomPlatform(now = () => new Date()): Promise<LoopbackPlatform> {
  const server = await startWecomServer(runningClock(), now);
  const bot = server.addBot('aibContract', SECRET, '绿邻');
  const group = (id: string) => chatOf(server, bot, id);
  return {
    // WeCom does not tell who joins, lets nobody be spoken to first, never says how long to wait, and brings no more of a group than what is said to the bot.
    lacks: ['joins', 'private-first', 'retry-times', 'overhearing'],
    secrets: [SECRET],
    openChannel: async (parts) => createWecomChannel(testConfig(server, bot), parts),
    addPerson: async (name) => `Person_${name}`,
    addGroup: async (_title, people) => server.addGroup(bot, people).id,
    says: async (person, text, { group: id, mention = true, twice = false } = {}) => {
      server.faults.copies = twice ? 2 : 1;
      if (id === undefined) server.userSays(bot, person, text);
      else server.groupSays(bot, group(id), person, text, { mention });
      server.faults.copies = 1;
    },
    presses: async (person, chat, label) => press(server, bot, group(chat), person, label),
    echoes: async (chat, text, from) => {
      // Bots never trigger bots; should its own words ever come back, they bear its own id.
      if (from === 'itself') server.groupSays(bot, group(chat), bot.id, text);
    },
    joins: async () => {},
    removesBot: async (id) => {
      group(id).presence = 'removed';
    },
    dissolves: async (id) => {
      group(id).presence = 'dissolved';
    },
    shown: async (chat) => server.screen(group(chat)).flatMap(shownOf),
    refusesOnce: async (chat) => {
      server.faults.refuseIn.set(chat, 45009);
    },
    losesAnswer: async () => server.order(/^aibot_(send_msg|respond_)/, 'apply-silently'),
    goesDown: server.goDown,
    comesBack: server.comeBack,
    stop: server.stop,
  };
}

/** The words of a card are ASCII here, so that a test can tell them from the bot's own. */
export const TEST_WORDS: WecomConfig['words'] = {
  choose: 'choose one',
  tick: 'tick here',
  submit: 'submit',
  chosen: (choice) => `chosen: ${choice}`,
  sayAgain: 'please say it again',
  everybody: '@everyone',
};

export function testConfig(server: WecomServer, bot: Bot): WecomConfig {
  return {
    botId: bot.id,
    secret: bot.secret,
    wsUrl: server.wsUrl,
    botName: bot.name,
    zone: 'Asia/Shanghai',
    words: TEST_WORDS,
    timings: { ...WECOM_TIMINGS, firstRetryMs: 20, longestRetryMs: 200, kickedRetryMs: 300, keepAgainMs: [10, 20] },
  };
}

function runningClock(): ManualClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    set: (next) => {
      ahead = next.getTime() - Date.now();
    },
  };
}

function chatOf(server: WecomServer, bot: Bot, id: string): Chat {
  const group = server.world.chats.find((chat) => chat.botId === bot.id && chat.id === id && chat.kind === 'group');
  return group ?? server.singleChat(bot, id);
}

export function shownOf(item: ScreenItem): Shown[] {
  switch (item.what) {
    case 'person':
      return [];
    case 'text':
      return [
        { text: item.via === 'welcome' ? item.content : readMarkdown(item.content), buttons: [], images: 0, files: 0 },
      ];
    case 'card':
      return [{ text: cardWords(item.card), buttons: labelsOf(item.card), images: 0, files: 0 }];
    case 'media':
      return [{ text: '', buttons: [], images: item.type === 'image' ? 1 : 0, files: item.type === 'file' ? 1 : 0 }];
  }
}

function cardWords({ main_title: title, sub_title_text: body }: Card): string {
  const [head] = recordsIn([title]);
  return [head?.title, head?.desc, body].filter((line) => typeof line === 'string').join('\n');
}

function labelsOf(card: Card): string[] {
  return choicesOf(card).map(({ label }) => label);
}

interface Tap {
  readonly label: string;
  readonly key: string;
  readonly question: string | null;
}

function choicesOf(card: Card): Tap[] {
  const buttons = recordsIn(card.button_list).map(({ text, key }) => ({
    label: String(text),
    key: String(key),
    question: null,
  }));
  const [checkbox] = recordsIn([card.checkbox]);
  const options = recordsIn(checkbox?.option_list).map(({ text, id }) => ({
    label: String(text),
    key: String(id),
    question: String(checkbox?.question_key),
  }));
  return [...buttons, ...options];
}

function press(server: WecomServer, bot: Bot, chat: Chat, person: string, label: string): void {
  const cards = server.screen(chat).flatMap((item) => (item.what === 'card' ? [item.card] : []));
  for (const card of cards.reverse()) {
    const tap = choicesOf(card).find((one) => one.label === label);
    if (tap === undefined) continue;
    const taskId = String(card.task_id);
    if (tap.question === null) server.clickCard(bot, chat, person, taskId, tap.key);
    else server.clickCard(bot, chat, person, taskId, 'submit', { [tap.question]: [tap.key] });
    return;
  }
  throw new Error(`no card here has a button "${label}"`);
}
