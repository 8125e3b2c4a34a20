/** What every channel to a platform must do, over a real socket to a platform on loopback. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel, ChannelParts, DeliveryOutcome } from '../../src/channels/channel.ts';
import type { ChatEvent, ChatKind, Inbound } from '../../src/model/inbound.ts';
import type { Message } from '../../src/model/message.ts';
import type { LoopbackPlatform } from './loopback-platform.ts';

// Reconnecting takes its time by nature; what is waited for comes as soon as it can.
const PATIENCE = { timeout: 20_000, interval: 10 };
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
// Keys are the ids of rows in the outbox.
const WITH_CHOICES = '01890a5d-ac96-774b-bcce-b302099a8057';
const CHOICES = [
  { label: '好的', say: '好' },
  { label: '不用了', say: '不要' },
];

export function channelContract(openPlatform: () => Promise<LoopbackPlatform>): void {
  let platform: LoopbackPlatform;
  let channel: Channel;
  let heard: (Inbound | ChatEvent)[];
  let log: string[];
  let lin: string;
  let group: string;

  const said = () => heard.filter((one): one is Inbound => !('event' in one));
  const events = () => heard.filter((one): one is ChatEvent => 'event' in one);
  const listen = async (one: Inbound | ChatEvent) => void heard.push(one);
  const isOnline = () => expect(channel.status().state).toBe('online');

  beforeEach(async () => {
    heard = [];
    log = [];
    platform = await openPlatform();
    lin = await platform.addPerson('林阿姨');
    group = await platform.addGroup('3号楼群', [lin]);
    channel = await platform.openChannel(partsOf(log));
    await channel.start(listen);
    await vi.waitFor(isOnline, PATIENCE);
    // Where a bot may speak only to whom it has heard, everybody has spoken.
    await platform.says(lin, '你好');
    await platform.says(lin, '你好', { group, mention: true });
    await vi.waitFor(() => expect(said()).toHaveLength(2), PATIENCE);
    heard.length = 0;
  });

  afterEach(async () => {
    await channel.stop();
    await platform.stop();
    for (const secret of platform.secrets) expect(log.join('\n')).not.toContain(secret);
  });

  const deliver = (address: string, kind: ChatKind, message: Message, key: string = randomUUID()) =>
    channel.deliver({ key, account: channel.account, chat: { address, kind }, kind: 'reply', message });
  const post = (address: string, message: Message) =>
    channel.deliver({
      key: randomUUID(),
      account: channel.account,
      chat: { address, kind: 'group' },
      kind: 'notice',
      message,
    });
  const shownNew = async (chat: string, earlier: number) => (await platform.shown(chat)).slice(earlier);
  const countShown = async (chat: string) => (await platform.shown(chat)).length;

  describe('hearing', () => {
    test('what is said in private comes with who said it', async () => {
      await platform.says(lin, '大骨头扔哪');
      await vi.waitFor(() => expect(said()).toHaveLength(1), PATIENCE);
      expect(said()[0]).toMatchObject({
        channel: channel.name,
        account: channel.account,
        text: '大骨头扔哪',
        chat: { kind: 'direct' },
        sender: { address: lin },
      });
    });

    test('what is said to the bot in a group comes without its name', async () => {
      await platform.says(lin, '这周有啥活动', { group, mention: true });
      await vi.waitFor(() => expect(said()).toHaveLength(1), PATIENCE);
      expect(said()[0]).toMatchObject({
        text: '这周有啥活动',
        mentioned: true,
        chat: { kind: 'group', address: group },
      });
    });

    test('what the platform tells twice bears one id', async () => {
      await platform.says(lin, '我家承诺节水', { twice: true });
      await platform.says(lin, '后来的');
      await vi.waitFor(() => expect(said().some(({ text }) => text === '后来的')).toBe(true), PATIENCE);
      const first = said().filter(({ text }) => text === '我家承诺节水');
      expect(new Set(first.map(({ messageId }) => messageId)).size).toBe(1);
    });

    test('the messages of one chat come in their order', async () => {
      for (const text of ['一', '二', '三', '四', '五']) await platform.says(lin, text);
      await vi.waitFor(() => expect(said()).toHaveLength(5), PATIENCE);
      expect(said().map(({ text }) => text)).toEqual(['一', '二', '三', '四', '五']);
    });

    test('neither its own words nor those of another bot reach it', async () => {
      await platform.echoes(group, '机器人说的', 'itself');
      await platform.echoes(group, '别的机器人说的', 'another-bot');
      await platform.says(lin, '人说的');
      await vi.waitFor(() => expect(said().map(({ text }) => text)).toEqual(['人说的']), PATIENCE);
    });

    test('whatever somebody types comes as typed', async () => {
      const text = '<b>**粗**</b> [x](y) `c` _d_ ~e~ \\ & 👨‍👩‍👧 é';
      await platform.says(lin, text);
      await vi.waitFor(() => expect(said().map((one) => one.text)).toEqual([text]), PATIENCE);
    });
  });

  describe('chats', () => {
    test('somebody joins, the bot is removed: both are told', async () => {
      const wang = await platform.addPerson('王叔');
      if (!platform.lacks.includes('joins')) {
        await platform.joins(wang, group);
        await vi.waitFor(() => expect(events().map(({ event }) => event)).toContain('joined'), PATIENCE);
      }
      await platform.removesBot(group);
      const outcome = await untilSettled(() => deliver(group, 'group', { text: '还在吗' }));
      expect(outcome).toMatchObject({ fate: 'not-sent', gone: true });
    });

    test('a group that was dissolved is gone', async () => {
      await platform.dissolves(group);
      const outcome = await untilSettled(() => deliver(group, 'group', { text: '还在吗' }));
      expect(outcome).toMatchObject({ fate: 'not-sent', gone: true });
    });
  });

  describe('speaking', () => {
    test('a text arrives in private and in a group', async () => {
      const earlier = [await countShown(lin), await countShown(group)];
      expect(await deliver(lin, 'direct', { text: '记下了！' })).toEqual({ fate: 'sent' });
      expect(await deliver(group, 'group', { text: '大家好！' })).toEqual({ fate: 'sent' });
      expect((await shownNew(lin, earlier[0] ?? 0)).map(({ text }) => text)).toEqual(['记下了！']);
      expect((await shownNew(group, earlier[1] ?? 0)).map(({ text }) => text)).toEqual(['大家好！']);
    });

    test('choices are buttons, or a list to answer with a number', async () => {
      const earlier = await countShown(lin);
      await deliver(lin, 'direct', { text: '要报名吗？', choices: CHOICES }, WITH_CHOICES);
      const shown = await shownNew(lin, earlier);
      const text = shown.map((one) => one.text).join('\n');
      if (platform.lacks.includes('buttons')) {
        expect(text).toContain('1. 好的\n2. 不用了');
        return;
      }
      expect(shown.flatMap(({ buttons }) => buttons)).toEqual(['好的', '不用了']);
      expect(text).not.toContain('1. 好的');
      await platform.presses(lin, lin, '不用了');
      await vi.waitFor(() => expect(said()).toHaveLength(1), PATIENCE);
      expect(said()[0]).toMatchObject({ text: '不要', mentioned: true, sender: { address: lin } });
    });

    test('a picture arrives with its text', async () => {
      const earlier = await countShown(group);
      const attachment = { kind: 'image', id: 'picture', name: '海报.png', mediaType: 'image/png' } as const;
      const outcome = await deliver(group, 'group', { text: '周六捡垃圾', attachment });
      const shown = await shownNew(group, earlier);
      expect(shown.map((one) => one.text).join('\n')).toContain('周六捡垃圾');
      if (platform.lacks.includes('images')) expect(shown.map((one) => one.text).join('\n')).toContain('海报.png');
      else expect(shown.reduce((sum, one) => sum + one.images, 0)).toBe(1);
      expect(outcome).toEqual({ fate: 'sent' });
    });

    test('a notice is taken back whole, picture and all, where the platform does such a thing', async () => {
      const earlier = await platform.shown(group);
      const attachment = { kind: 'image', id: 'picture', name: '海报.png', mediaType: 'image/png' } as const;
      const outcome = await post(group, { text: '周日捡垃圾（写错了）', attachment });
      expect(await shownNew(group, earlier.length)).not.toEqual([]);
      if (channel.can.recallWithinMs === undefined) {
        expect([outcome, channel.recall]).toEqual([{ fate: 'sent' }, undefined]);
        return;
      }
      const receipt = outcome.fate === 'sent' ? (outcome.receipt ?? '') : '';
      expect(await channel.recall?.({ address: group, kind: 'group' }, receipt)).toBe(true);
      expect(await platform.shown(group)).toEqual(earlier);
    });

    test('a long text arrives whole, in parts that are cut between sentences', async () => {
      const earlier = await countShown(lin);
      const sentence = '垃圾要分好，👨‍👩‍👧 一家人都来。';
      const text = sentence.repeat(1_200);
      expect(await deliver(lin, 'direct', { text })).toEqual({ fate: 'sent' });
      const shown = await shownNew(lin, earlier);
      expect(shown.length).toBeGreaterThan(1);
      expect(
        shown
          .map((one) => one.text)
          .join('')
          .replace(/\s/gu, ''),
      ).toBe(text.replace(/\s/gu, ''));
      for (const one of shown.slice(0, -1)) expect(one.text.endsWith('。')).toBe(true);
    });

    test('nothing in a text is taken for markup', async () => {
      const earlier = await countShown(lin);
      const text = '<b>张*三*</b> _李_ [王](http://a.b) `x` ~~y~~ #井号 &amp; > 引 \\ 1. 一 | 竖';
      expect(await deliver(lin, 'direct', { text })).toEqual({ fate: 'sent' });
      expect((await shownNew(lin, earlier)).map((one) => one.text)).toEqual([text]);
    });
  });

  describe('trouble', () => {
    test('what is too fast is not sent, and goes when the platform lets it', async () => {
      const earlier = await countShown(group);
      const again = randomUUID();
      await platform.refusesOnce(group, 2_000);
      const outcome = await deliver(group, 'group', { text: '慢一点' }, again);
      expect(outcome).toMatchObject({ fate: 'not-sent', code: 'rate-limited' });
      if (!platform.lacks.includes('retry-times')) expect(outcome).toMatchObject({ retryAfterMs: 2_000 });
      expect(await deliver(group, 'group', { text: '慢一点' }, again)).toEqual({ fate: 'sent' });
      expect(await shownNew(group, earlier)).toHaveLength(1);
    });

    test('an answer that is lost leaves it open whether the message arrived', async () => {
      const earlier = await countShown(lin);
      await platform.losesAnswer();
      expect(await deliver(lin, 'direct', { text: '到了没有' })).toMatchObject({ fate: 'unknown' });
      expect(await shownNew(lin, earlier)).toHaveLength(1);
    });

    test('while the server is away nothing is sent and nothing counts as tried; it comes back by itself', async () => {
      await platform.goesDown();
      await vi.waitFor(() => expect(channel.status().state).not.toBe('online'), PATIENCE);
      const earlier = await countShown(lin);
      expect(await deliver(lin, 'direct', { text: '在吗' })).toMatchObject({ fate: 'not-sent', untried: true });
      await platform.comesBack();
      await vi.waitFor(isOnline, PATIENCE);
      await platform.says(lin, '回来了');
      await vi.waitFor(() => expect(said().some(({ text }) => text === '回来了')).toBe(true), PATIENCE);
      expect(await deliver(lin, 'direct', { text: '在的' })).toEqual({ fate: 'sent' });
      expect((await shownNew(lin, earlier)).map((one) => one.text)).toEqual(['在的']);
    });

    test('whatever is being sent when it is stopped has an outcome, and nothing is heard afterwards', async () => {
      const outcomes = Array.from({ length: 5 }, (_, index) => deliver(lin, 'direct', { text: `第${index}条` }));
      await channel.stop();
      for (const outcome of await Promise.all(outcomes))
        expect(['sent', 'not-sent', 'unknown']).toContain(outcome.fate);
      expect(channel.status().state).toBe('offline');
      expect(await deliver(lin, 'direct', { text: '停了' })).toMatchObject({ fate: 'not-sent', untried: true });
      expect(heard).toEqual([]);
    });

    test('it can be started again after it was stopped', async () => {
      await channel.stop();
      await channel.start(listen);
      await vi.waitFor(isOnline, PATIENCE);
      await platform.says(lin, '又来了');
      await vi.waitFor(() => expect(said().some(({ text }) => text === '又来了')).toBe(true), PATIENCE);
    });

    test('two on one account do not fight: one holds back and says why', async () => {
      if (platform.lacks.includes('two-connections')) return;
      const second = await platform.openChannel(partsOf(log));
      await second.start(listen);
      try {
        await vi.waitFor(() => {
          const troubles = [channel, second].map((one) => one.status().trouble);
          expect(troubles).toContain('another-instance');
        }, PATIENCE);
      } finally {
        await second.stop();
      }
    });
  });
}

/** Being removed reaches the channel by its own way; until then a delivery may meet any passing refusal. */
async function untilSettled(deliver: () => Promise<DeliveryOutcome>): Promise<DeliveryOutcome> {
  return vi.waitUntil(async () => {
    const outcome = await deliver();
    return outcome.fate === 'not-sent' && (outcome.gone === true || outcome.final === true) ? outcome : false;
  }, PATIENCE);
}

function partsOf(log: string[]): ChannelParts {
  const write = (fields: object, message: string) => void log.push(`${message} ${inFull(fields)}`);
  return {
    now: () => new Date(),
    steadyNow: () => performance.now(),
    random: Math.random,
    choiceOf: async (key, index) => (key === WITH_CHOICES ? (CHOICES[index]?.say ?? null) : null),
    readFile: async (id) => (id === 'picture' ? PICTURE : null),
    words: { answerByNumber: '回复数字就行。', answerByWord: (word) => `要的话，回复“${word}”。` },
    log: { info: write, warn: write, error: write },
  };
}

/** With the errors in it, and what caused them: a log shows them too. */
function inFull(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Error ? { ...one, message: one.message, stack: one.stack, cause: one.cause } : one,
  );
}
