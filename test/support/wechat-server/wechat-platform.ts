/** WeChat as the channel contract drives it. */
import type { Channel, ChannelParts } from '../../../src/channels/channel.ts';
import { createWechatChannel } from '../../../src/channels/wechat/wechat-channel.ts';
import { WechatConfig } from '../../../src/channels/wechat/wechat-config.ts';
import type { LoopbackPlatform, Shown } from '../../contracts/loopback-platform.ts';
import { openWechatServer, type WechatServer } from './wechat-server.ts';
import { BOT_NAME } from './wechat-world.ts';

const OFFICIAL_ACCOUNT = 2;
// gRPC's RESOURCE_EXHAUSTED: a gateway that guards its account says so before anything is sent.
const TOO_MUCH = 8;

/** `now` is the time that its messages bear. */
export async function createWechatPlatform(now: () => Date = () => new Date()): Promise<LoopbackPlatform> {
  return platformOf(await openWechatServer({ now }));
}

function platformOf(server: WechatServer): LoopbackPlatform {
  const { world, puppet, gateway } = server;
  let official: string | null = null;
  return {
    // WeChat has no buttons, tells nobody how long to wait, and lets the bot write to its contacts only.
    lacks: ['buttons', 'private-first', 'retry-times'],
    secrets: [gateway.token],
    openChannel: (parts) => openWechatChannel(server, parts),
    addPerson: async (name) => world.addPerson(name),
    addGroup: async (title, people) => world.addGroup(title, people),
    says: async (person, text, { group, mention = false, twice = false } = {}) => {
      const words = mention ? `@${BOT_NAME}\u2005${text}` : text;
      const where = group === undefined ? {} : { room: group, mentionIds: mention ? [world.self] : [] };
      const id = world.says(person, words, where);
      if (twice) world.tellAgain(id);
    },
    presses: async () => {
      throw new Error('there are no buttons in WeChat');
    },
    echoes: async (chat, text, from) => {
      official ??= world.addPerson('物业公众号', OFFICIAL_ACCOUNT);
      const talker = from === 'itself' ? world.self : official;
      world.says(talker, text, puppet.mocker.cacheRoomPayload.has(chat) ? { room: chat } : {});
    },
    joins: async (person, group) => world.joins(group, person, person),
    removesBot: async (group) => world.leaves(group, world.self, world.self),
    dissolves: async (group) => world.dissolves(group),
    shown: async (chat) => shownIn(server, chat),
    refusesOnce: async (chat) => {
      const error = Object.assign(new Error('too much at once'), { code: TOO_MUCH, details: 'too much at once' });
      puppet.faults.push({ what: 'refused', conversationId: chat, error });
    },
    losesAnswer: async () => {
      puppet.faults.push({ what: 'sent-but', after: gateway.breakConnections });
    },
    goesDown: gateway.goDown,
    comesBack: gateway.comeBack,
    stop: server.stop,
  };
}

/** Quick where waiting is not what is tested. */
export async function openWechatChannel({ gateway, home }: WechatServer, parts: ChannelParts): Promise<Channel> {
  const config = WechatConfig.parse({
    endpoint: `http://${gateway.endpoint}`,
    token: gateway.token,
    acceptsRisk: true,
    stableIds: true,
    folder: home,
    times: { firstRetry: 50, longestRetry: 500, keepAgainAfter: [50, 200] },
    limits: {
      gapMs: [0, 5],
      perDay: 100_000,
      unaskedPerDay: 100_000,
      perGroupPerDay: 100_000,
      groupGapMs: 0,
      partGapMs: [0, 5],
    },
  });
  return createWechatChannel(config, parts);
}

/** A picture is a message of its own there; it is told with the words before it. */
function shownIn({ puppet }: WechatServer, chat: string): Shown[] {
  const isThere = (one: { readonly id: string; readonly conversationId: string }) =>
    one.conversationId === chat && !puppet.recalled.includes(one.id);
  const texts = puppet.texts.filter(isThere);
  const files = puppet.files.filter(isThere);
  const images = files.filter(({ name }) => /\.(png|jpe?g|gif|webp)$/i.test(name)).length;
  const shown = texts.map(({ text }): Shown => ({ text, buttons: [], images: 0, files: 0 }));
  const last = shown.pop() ?? { text: '', buttons: [], images: 0, files: 0 };
  const isEmpty = texts.length + files.length === 0;
  return isEmpty ? [] : [...shown, { ...last, images, files: files.length - images }];
}
