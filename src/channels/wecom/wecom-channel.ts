/** WeCom as a channel: one intelligent bot over its long connection (document 101463). */
import type { Capabilities, Channel, ChannelParts } from '../channel.ts';
import { CardMemory } from './card-memory.ts';
import { ChatMeter } from './chat-meter.ts';
import { Connection } from './connection.ts';
import { Deliverer } from './deliverer.ts';
import { Listener } from './listener.ts';
import { MediaUpload } from './media-upload.ts';
import { ReplySlots } from './reply-slots.ts';
import { sdkTransport } from './sdk-transport.ts';
import { Speaker } from './speaker.ts';
import type { WecomConfig } from './wecom-config.ts';

// 30 a minute and 1,000 an hour in each chat (document 101463); what is left over is for cards beside their words.
const ALLOWED = [
  { most: 25, withinMs: 60_000 },
  { most: 900, withinMs: 60 * 60_000 },
];

const CAPABILITIES: Capabilities = {
  // A part of 18,000 bytes holds as many characters of three bytes; longer texts are split here by the byte.
  longestText: 6_000,
  buttons: true,
  // A push is refused until its chat has heard somebody speak to the bot.
  speaksFirst: false,
  pace: { perDirect: ALLOWED, perGroup: ALLOWED },
};

export function createWecomChannel(config: WecomConfig, parts: ChannelParts): Channel {
  const slots = new ReplySlots(parts.steadyNow);
  const cards = new CardMemory();
  const { botId, secret, wsUrl, timings, zone } = config;
  const connection: Connection = new Connection({
    ...parts,
    open: sdkTransport({ ...timings, botId, secret, wsUrl, log: parts.log }),
    timings,
    zone,
    heard: (line, cmd, reqId, body) => listener.heard({ line, reqId }, cmd, body),
  });
  const speaker = new Speaker(connection, slots, timings.answerEventMs);
  const listener = new Listener({ config, connection, slots, cards, speaker, channel: parts });
  const deliverer = new Deliverer({
    connection,
    speaker,
    uploads: new MediaUpload(connection, parts),
    cards,
    meter: new ChatMeter(parts.steadyNow),
    words: config.words,
    channel: parts,
  });
  let stopped = Promise.resolve();
  return {
    name: 'wecom',
    account: botId,
    can: CAPABILITIES,
    start: async (sink) => {
      // Two lines of one bot push each other out.
      await stopped;
      listener.start(sink);
      connection.start();
    },
    deliver: (delivery) => deliverer.deliver(delivery),
    status: () => connection.status,
    stop: () => {
      stopped = stop(listener, connection, slots);
      return stopped;
    },
  };
}

async function stop(listener: Listener, connection: Connection, slots: ReplySlots): Promise<void> {
  await listener.stop();
  await connection.stop();
  slots.clear();
}
