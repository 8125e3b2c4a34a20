/** The main journeys over every channel: through its SDK and a real socket to the record in the database and back. */
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { channelParts } from '../../../src/joints/channel-parts.ts';
import { createLog } from '../../../src/lib/log.ts';
import { insertChat } from '../../../src/store/chat-table.ts';
import type { LoopbackPlatform } from '../../contracts/loopback-platform.ts';
import { OFFICE } from '../../support/committee.ts';
import { type DialogueParts, playDialogues } from '../../support/dialogue.ts';
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
  loses: (stage) => onPlatform(stage).platform.losesAnswer(),
  away: async (stage) => {
    const channel = onPlatform(stage);
    await channel.platform.goesDown();
    await vi.waitFor(() => expect(channel.status().state).not.toBe('online'), { timeout: 20_000 });
  },
  back: async (stage) => {
    const channel = onPlatform(stage);
    await channel.platform.comesBack();
    await vi.waitFor(() => expect(channel.status().state).toBe('online'), { timeout: 20_000 });
  },
};

function onPlatform({ channel }: Stage): PlatformChannel {
  if ('platform' in channel) return channel;
  throw new Error('this dialogue is played on a platform');
}
