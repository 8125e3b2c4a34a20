/** Many neighbours act within seconds: every record is kept, and the group reads a few short messages, none below another. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { channelParts } from '../../../src/joints/channel-parts.ts';
import { createLog } from '../../../src/lib/log.ts';
import type { Inbound } from '../../../src/model/inbound.ts';
import { readCounters } from '../../../src/store/counter-table.ts';
import type { LoopbackPlatform } from '../../contracts/loopback-platform.ts';
import { OFFICE } from '../../support/committee.ts';
import { newCast, openPlatformChannel } from '../../support/platform-channel.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../../support/stage.ts';
import { createTelegramPlatform } from '../../support/telegram-server/telegram-platform.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';
import { createWecomPlatform } from '../../support/wecom-server/wecom-platform.ts';

const GROUP = '3号楼群';
const FORTY = Array.from({ length: 40 }, (_, index) => `resident${index + 1}`);

let stage: Stage;
afterEach(() => stage.close());

describe('in one instant', () => {
  beforeEach(async () => {
    stage = await setStage(OFFICE);
  });

  test('forty households pledge: all are counted, and each time the group hears one message', async () => {
    await together(FORTY.map((name, index) => [name, `我家承诺光盘，${doorOf(index)}`]));
    stage.breathe();
    await together(FORTY.map((name) => [name, '对']));
    expect(keys()).toEqual(['pledge.gathered-confirm', 'pledge.gathered-made']);
    expect(counted('pledge.gathered-made', 'pledge.group-made')).toBe(40);
    expect(await households()).toBe(40);
    expect(wordsOfGroup()).not.toMatch(/resident|\d+栋|\d{3}/u);
  });

  test('two of one household are one household, and neither is forgotten', async () => {
    const [lin, wang] = [FORTY[0] ?? '', FORTY[1] ?? ''];
    await together([
      [lin, '我家承诺光盘，3栋2单元501'],
      [wang, '我家承诺光盘，3栋2单元502'],
    ]);
    stage.breathe();
    await together([
      [lin, '对'],
      [wang, '对'],
    ]);
    expect(counted('pledge.gathered-made')).toBe(2);
    stage.breathe();
    await together([
      [lin, '加上垃圾分类'],
      [wang, '加上垃圾分类'],
    ]);
    expect(keys().at(-1)).toBe('pledge.group-made');
  });

  test('who signs up at once is counted by heads; when and where each hears in private, where there is such', async () => {
    await VOLUNTEER_COMMANDS.activity(stage, '河边捡垃圾 2026-11-21 09:00-11:00 limit 50');
    await stage.hear('lin', '你能干啥');
    const before = stage.channel.delivered.length;
    await together([
      ['lin', '周六捡垃圾我和老伴都去'],
      ['wang', '周六捡垃圾我也报名'],
      ['li', '周六捡垃圾算我一个'],
    ]);
    const said = stage.channel.delivered.slice(before);
    expect(said.filter(({ chat }) => chat.kind === 'group').map((one) => stage.spoken(one))).toMatchObject([
      { key: 'shift.gathered', variables: { title: '河边捡垃圾', count: 4 } },
    ]);
    const alone = said.filter(({ chat }) => chat.address === 'private:lin').map((one) => stage.spoken(one));
    expect(alone).toContainEqual(expect.objectContaining({ key: 'shift.joined' }));
    expect(alone.find(({ key }) => key === 'shift.joined')?.variables).toMatchObject({ party: 2, place: '南门' });
    await VOLUNTEER_COMMANDS.taken(stage, '河边捡垃圾 4');
  });

  test('the same question is answered once, different ones in a line each', async () => {
    await together([
      ['lin', '大骨头扔哪'],
      ['wang', '大骨头扔哪个桶'],
      ['li', '旧电池扔哪'],
    ]);
    const said = inGroup();
    expect(said).toHaveLength(1);
    const lines = said[0]?.message.text.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('大骨头'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('电池'))).toHaveLength(1);
  });

  test('danger is answered at once, below whatever the bot has just said', async () => {
    await together([
      ['lin', '大骨头扔哪'],
      ['wang', '5号楼着火了，快来人'],
    ]);
    expect(keys()).toContain('desk.emergency-group');
  });
});

const PATIENCE = { timeout: 30_000, interval: 5 };

type OpenPlatform = (now: () => Date) => Promise<LoopbackPlatform>;

describe.each<[string, OpenPlatform]>([
  ['Telegram', createTelegramPlatform],
  ['WeCom', createWecomPlatform],
])('on %s, over its socket', (_, openPlatform) => {
  let platform: LoopbackPlatform;
  afterEach(() => platform.stop());

  test('forty households pledge within seconds: all are kept, the counts are right, the group hears few messages', async () => {
    platform = await openPlatform(() => STAGE_START);
    const cast = newCast();
    stage = await setStage({
      ...OFFICE,
      openChannel: async ({ clock, store }) => {
        const { texts } = await shippedContent();
        const render = texts.render.bind(texts);
        const log = createLog('fatal', 'stderr');
        return openPlatformChannel(platform, cast, channelParts({ store, render, locale: 'zh-CN', clock, log }));
      },
    });
    for (const name of FORTY) cast.people.set(name, await platform.addPerson(name));
    const address = await platform.addGroup(GROUP, [...cast.people.values()]);
    cast.groups.set(GROUP, address);
    const all = (words: (index: number) => string) =>
      Promise.all(
        FORTY.map((name, index) =>
          platform.says(cast.people.get(name) ?? '', words(index), { group: address, mention: true }),
        ),
      );
    await all((index) => `我家承诺光盘，${doorOf(index)}`);
    await vi.waitFor(() => expect(counted('pledge.gathered-confirm', 'pledge.group-confirm')).toBe(40), PATIENCE);
    await all(() => '对');
    await vi.waitFor(() => expect(counted('pledge.gathered-made', 'pledge.group-made')).toBe(40), PATIENCE);
    expect(await households()).toBe(40);
    expect((await platform.shown(address)).length).toBeLessThanOrEqual(8);
  }, 90_000);
});

let messages = 0;

function inbound(name: string, text: string): Inbound {
  messages += 1;
  return {
    channel: 'web',
    account: STAGE_COMMUNITY,
    messageId: `crowd${messages}`,
    chat: { address: `group:${GROUP}`, kind: 'group', title: GROUP },
    sender: { address: name },
    text,
    mentioned: true,
    at: stage.clock.now(),
  };
}

async function together(said: readonly (readonly [string, string])[]): Promise<void> {
  await Promise.all(said.map(([name, text]) => stage.channel.hear(inbound(name, text))));
  await stage.bot.dispatcher.idle();
}

function inGroup() {
  return stage.channel.delivered.filter(({ chat }) => chat.kind === 'group');
}

function keys(): string[] {
  return inGroup().map((one) => stage.spoken(one).key);
}

function wordsOfGroup(): string {
  return inGroup()
    .map(({ message }) => message.text)
    .join('\n');
}

/** How many the group was told of by these texts; one by a text without a count. */
function counted(...told: readonly string[]): number {
  const said = inGroup().map((one) => stage.spoken(one));
  return said.reduce((sum, { key, variables }) => sum + (told.includes(key) ? Number(variables.count ?? 1) : 0), 0);
}

async function households(): Promise<number> {
  const counters = await stage.store.read((tx) => readCounters(tx, STAGE_COMMUNITY, 'pledge'));
  const rows = await stage.store.read(({ db }) =>
    db.selectFrom('pledge').select('id').where('state', '=', 'standing').execute(),
  );
  expect(counters.length).toBeGreaterThan(0);
  return rows.length;
}

function doorOf(index: number): string {
  return `${1 + (index % 3)}栋${1 + (Math.floor(index / 3) % 4)}单元${1 + Math.floor(index / 12)}01`;
}
