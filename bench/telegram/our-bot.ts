/** The whole bot on Telegram: its households have pledged, its groups are bound, it waits to be spoken to. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Allowance, Pace } from '../../src/channels/channel.ts';
import { createTelegramChannel } from '../../src/channels/telegram/telegram-channel.ts';
import { TelegramConfig } from '../../src/channels/telegram/telegram-config.ts';
import { channelParts } from '../../src/joints/channel-parts.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Inbound } from '../../src/model/inbound.ts';
import type { Outgoing } from '../../src/model/outgoing.ts';
import { insertChat, listGroups } from '../../src/store/chat-table.ts';
import { findCommunity } from '../../src/store/community-table.ts';
import { wordsOf } from '../residents.ts';
import { openWholeBot, readContent, STREET } from '../street.ts';
import { Platform } from './platform-messages.ts';

const { url, token, groups, people } = Platform.parse(JSON.parse(process.env.PLATFORM ?? '{}'));
const NOTICES = Number(process.env.NOTICES ?? 0);
const SECOND_MS = Number(process.env.SECOND_MS ?? 1_000);
const config = TelegramConfig.parse({ token, apiRoot: url });
const file = join(process.env.FOLDER ?? '', 'lvlin.sqlite');
const log = createLog('error', 'stderr');
const { store, bot } = await openWholeBot(file, await readContent(), ({ store, render }) => {
  const channel = createTelegramChannel(
    config,
    channelParts({ store, render, locale: 'zh-CN', clock: systemClock, log }),
  );
  return { ...channel, can: { ...channel.can, pace: paceOf(channel.can.pace) } };
});
const [account = ''] = token.split(':');
await bindGroups();
while (bot.channels.find('telegram', account)?.status().state !== 'online') await setImmediate();
if (NOTICES === 0) await Promise.all(people.map((person, number) => pledge(person, number)));
await bot.dispatcher.idle();
if (NOTICES > 0) process.once('message', () => void announce());
process.send?.('ready');

/** Where Telegram's limits are measured, they run as fast as its seconds; elsewhere it is the bot that is measured. */
function paceOf({ perSecond = 1, perDirect = [], perGroup = [] }: Pace): Pace {
  if (NOTICES === 0) return {};
  const scaled = ({ most, withinMs }: Allowance) => ({ most, withinMs: (withinMs * SECOND_MS) / 1_000 });
  return {
    perSecond: (perSecond * 1_000) / SECOND_MS,
    perDirect: perDirect.map(scaled),
    perGroup: perGroup.map(scaled),
  };
}

/** A notice to every group, as it stands in the outbox when a worker lets it go. */
async function announce(): Promise<void> {
  const departing = await store.write(async (tx) => {
    const community = await findCommunity(tx, STREET);
    if (community === null) throw new Error('the street is gone');
    const said = { key: 'notice.posted', variables: { text: '周六上午停水，请提前备水。' } };
    const chats = (await listGroups(tx, STREET)).slice(0, NOTICES);
    const messages = chats.map(({ id }): Outgoing => ({ to: { chatId: id }, said, kind: 'notice', urgent: true }));
    return bot.follow(tx, community, 'notices', { messages });
  });
  bot.dispatcher.handOver(departing);
  bot.dispatcher.nudge();
}

function bindGroups(): Promise<void> {
  return store.write(async (tx) => {
    for (const group of groups) {
      await insertChat(tx, {
        channel: 'telegram',
        account,
        address: String(group),
        communityId: STREET,
        kind: 'group',
        title: `group ${group}`,
        areaId: null,
        personId: null,
        now: new Date(),
      });
    }
  });
}

async function pledge(person: number, number: number): Promise<void> {
  for (const [turn, text] of wordsOf(number).slice(0, 2).entries()) {
    const address = String(person);
    const inbound: Inbound = {
      channel: 'telegram',
      account,
      messageId: `before-${person}-${turn}`,
      chat: { address, kind: 'direct' },
      sender: { address },
      text,
      mentioned: true,
      at: new Date(),
    };
    await bot.intake.receive(inbound);
  }
}
