/** The main journeys over every channel: through its SDK and a real socket to the record in the database and back. */
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { createNotice, releaseNotice } from '../../../src/features/notices/notices-service.ts';
import { setPicture } from '../../../src/features/notices/picture-service.ts';
import { recallChances } from '../../../src/features/notices/recall-service.ts';
import { channelParts } from '../../../src/joints/channel-parts.ts';
import { recallDesk } from '../../../src/joints/recall-desk.ts';
import { createLog } from '../../../src/lib/log.ts';
import { insertChat, listGroups } from '../../../src/store/chat-table.ts';
import { listNotices } from '../../../src/store/notice-table.ts';
import type { LoopbackPlatform } from '../../contracts/loopback-platform.ts';
import { OFFICE } from '../../support/committee.ts';
import { type DialogueParts, playDialogues } from '../../support/dialogue.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type Cast, newCast, openPlatformChannel, type PlatformChannel } from '../../support/platform-channel.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage } from '../../support/stage.ts';
import { createTelegramPlatform } from '../../support/telegram-server/telegram-platform.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';
import { createWechatPlatform } from '../../support/wechat-server/wechat-platform.ts';
import { createWecomPlatform } from '../../support/wecom-server/wecom-platform.ts';

type OpenPlatform = (now: () => Date) => Promise<LoopbackPlatform>;

describe('telegram', () => playOn(createTelegramPlatform));
describe('wechat', () => playOn(createWechatPlatform));
describe('wecom', () => playOn(createWecomPlatform));

function playOn(openPlatform: OpenPlatform): void {
  let platform: LoopbackPlatform;
  let cast: Cast;
  let now = () => STAGE_START;
  beforeEach(async () => {
    now = () => STAGE_START;
    platform = await openPlatform(() => now());
    cast = newCast();
  });
  afterEach(() => platform.stop());

  playDialogues(import.meta.dirname, {
    ...OFFICE,
    openChannel: async ({ clock, store }) => {
      now = () => clock.now();
      const { texts } = await shippedContent();
      const render = texts.render.bind(texts);
      const log = createLog('fatal', 'stderr');
      return openPlatformChannel(platform, cast, channelParts({ store, render, locale: 'zh-CN', clock, log }));
    },
    commands: { ...OFFICE.commands, ...VOLUNTEER_COMMANDS, ...COMMANDS },
  });
}

const COMMANDS: DialogueParts['commands'] = {
  group: async (stage, title) => {
    const { store, clock } = stage;
    const { name, account } = onPlatform(stage);
    const address = await onPlatform(stage).group(title);
    const place = { communityId: STAGE_COMMUNITY, channel: name, account, address, kind: 'group', title } as const;
    await store.write((tx) => insertChat(tx, { ...place, areaId: null, personId: null, now: clock.now() }));
  },
  refuses: async (stage, title) => {
    const { platform, group } = onPlatform(stage);
    await platform.refusesOnce(await group(title), 1_000);
  },
  /** A notice with a picture to all groups, let go. */
  poster: async (stage, text) => {
    const act = { communityId: STAGE_COMMUNITY, staffId: null, now: stage.clock.now() };
    const bytes = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#1f7a4d' } })
      .jpeg()
      .toBuffer();
    await stage.store.write(async (tx) => {
      const chatIds = (await listGroups(tx, STAGE_COMMUNITY)).map(({ id }) => id);
      const made = await createNotice(tx, { text, urgentReason: null, asksReceipt: false, chatIds }, act);
      if (!made.ok) throw new Error(made.why);
      await setPicture(tx, made.noticeId, { name: '通知图片.jpg', mediaType: 'image/jpeg', bytes }, act);
      await releaseNotice(tx, made.noticeId, act);
    });
  },
  /** How many pictures stand in a group: `pictures 1 3号楼群`. */
  pictures: async (stage, rest) => {
    const [count = '', title = ''] = rest.split(' ');
    const { platform, group } = onPlatform(stage);
    const shown = await platform.shown(await group(title));
    expect(shown.reduce((sum, { images }) => sum + images, 0)).toBe(Number(count));
  },
  /** The newest notice is taken out of the groups of platforms that can; elsewhere nobody is promised that. */
  recall: async (stage, title) => {
    const channel = onPlatform(stage);
    const desk = recallDesk(() => channel);
    const now = stage.clock.now();
    const chances = await stage.store.read(async (tx) => {
      const [newest] = await listNotices(tx, STAGE_COMMUNITY, { limit: 1 });
      return recallChances(tx, newest?.id ?? '', desk.within, now);
    });
    const can = channel.can.recallWithinMs !== undefined;
    expect(chances).toHaveLength(can ? 1 : 0);
    for (const { message } of chances) expect(await desk.take(message)).toBe(true);
    const shown = await channel.platform.shown(await channel.group(title));
    expect(shown.some(({ text, images }) => images > 0 || text.includes('周六捡垃圾'))).toBe(!can);
  },
  loses: (stage) => onPlatform(stage).platform.losesAnswer(),
  away: async (stage) => {
    const channel = onPlatform(stage);
    await channel.platform.goesDown();
    await vi.waitFor(() => expect(channel.status().state).not.toBe('online'), PATIENCE);
  },
  back: async (stage) => {
    const channel = onPlatform(stage);
    await channel.platform.comesBack();
    await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
  },
};

function onPlatform({ channel }: Stage): PlatformChannel {
  if ('platform' in channel) return channel;
  throw new Error('this dialogue is played on a platform');
}
