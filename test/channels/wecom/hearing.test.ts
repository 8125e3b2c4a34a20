/** What people say and do on WeCom, as it is handed on. */
import { describe, expect, test } from 'vitest';
import { LvlinError } from '../../../src/model/errors.ts';
import { openTalking, openWecom, waitFor } from './open-wecom.ts';

const PICTURE = Buffer.from('a picture');

describe('what is said', () => {
  test('in private comes with its sender, its moment and its own id', async () => {
    const { server, bot, heard } = await openTalking();
    server.userSays(bot, 'Wang_Upper', '大骨头扔哪', { msgId: 'm-7', at: new Date('2026-11-20T09:59:00+08:00') });
    await waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toEqual({
      channel: 'wecom',
      account: bot.id,
      messageId: 'm-7',
      chat: { address: 'Wang_Upper', kind: 'direct' },
      sender: { address: 'Wang_Upper' },
      text: '大骨头扔哪',
      mentioned: true,
      at: new Date('2026-11-20T09:59:00+08:00'),
    });
  });

  test('in a group comes without the name of the bot, spaces in it and all', async () => {
    const { server, bot, heard, said, group } = await openTalking();
    server.groupSays(bot, group, 'wang', '周六捡垃圾我去');
    await waitFor(() => expect(heard).toHaveLength(1));
    expect(said()[0]).toMatchObject({
      chat: { address: group.id, kind: 'group' },
      sender: { address: 'wang' },
      text: '周六捡垃圾我去',
      mentioned: true,
    });
  });

  test('to a bot whose name is not known comes without the first name in front', async () => {
    const { server, bot, said, group } = await openTalking({ config: { botName: null } });
    server.groupSays(bot, group, 'wang', { msgtype: 'text', content: { content: '@绿邻 报名 @王叔' } });
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['报名 @王叔']));
  });

  test.each([
    ['a voice message', { voice: '我家承诺节水' }, { text: '我家承诺节水', attached: 'voice' }],
    ['a voice message that was not understood', { voice: '' }, { text: '', attached: 'voice' }],
    ['a picture', { image: PICTURE }, { text: '', attached: 'image' }],
    ['a file', { file: PICTURE, name: '名单.xlsx' }, { text: '', attached: 'file' }],
    ['a video', { video: PICTURE }, { text: '', attached: 'video' }],
    ['words with a picture', { mixed: ['这个', PICTURE, '扔哪'] }, { text: '这个\n扔哪', attached: 'image' }],
    ['something new', { msgtype: 'hologram', content: { rays: 7 } }, { text: '', attached: 'other' }],
  ])('as %s is told as such', async (_, saying, told) => {
    const { server, bot, heard } = await openTalking();
    server.userSays(bot, 'lin', saying);
    await waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject(told);
  });

  test('by quoting is the quoted words, where there are no others', async () => {
    const { server, bot, said, group } = await openTalking();
    server.groupSays(bot, group, 'lin', '', { quote: '我家承诺光盘' });
    server.groupSays(bot, group, 'lin', '不对', { quote: '我家承诺光盘' });
    server.userSays(bot, 'lin', ' ', { quote: { mixed: ['周六', PICTURE] } });
    server.userSays(bot, 'lin', ' ', { quote: { voice: '报名' } });
    const saidIn = (kind: string) => said().flatMap(({ chat, text }) => (chat.kind === kind ? [text] : []));
    await waitFor(() => expect(saidIn('group')).toEqual(['我家承诺光盘', '不对']));
    await waitFor(() => expect(saidIn('direct')).toEqual(['周六', '报名']));
  });

  test('more than a day ago, or by the bot itself, is not heard', async () => {
    const { server, bot, said } = await openTalking();
    server.userSays(bot, 'lin', '很久以前', { at: new Date('2026-11-19T09:00:00+08:00') });
    server.userSays(bot, bot.id, '我自己');
    server.userSays(bot, 'lin', '现在');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['现在']));
  });

  test('twice by the platform bears one id, so that it has one effect', async () => {
    const { server, bot, said } = await openTalking();
    server.faults.copies = 2;
    server.userSays(bot, 'lin', '节水');
    await waitFor(() => expect(said()).toHaveLength(2));
    expect(said()[0]?.messageId).toBe(said()[1]?.messageId);
  });
});

describe('what happens', () => {
  test('somebody opens the private chat', async () => {
    const { server, bot, heard } = await openTalking();
    server.enterChat(bot, 'zhao');
    await waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({
      event: 'opened',
      chat: { address: 'zhao', kind: 'direct' },
      sender: { address: 'zhao' },
    });
  });

  test('whatever else it is, it is not taken for a message', async () => {
    const { server, bot, heard, direct, log } = await openTalking();
    server.happens(bot, direct, 'lin', { eventtype: 'feedback_event', feedback_event: { id: 'f', type: 2 } });
    server.happens(bot, direct, 'lin', { eventtype: 'auth_change_event' });
    server.happens(bot, direct, 'lin', { eventtype: 'template_card_event', template_card_event: { odd: true } });
    server.userSays(bot, 'lin', '早');
    await waitFor(() => expect(heard).toHaveLength(1));
    expect(log.filter((line) => !line.startsWith('connected'))).toEqual([]);
  });
});

describe('what cannot be kept', () => {
  test('is handed on again until it is', async () => {
    const { server, bot, said, sinkFaults, shown, direct } = await openTalking();
    sinkFaults.push(new LvlinError('disk-full'), new LvlinError('disk-full'));
    server.userSays(bot, 'lin', '我家承诺节水');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['我家承诺节水']));
    expect(shown(direct)).toEqual([]);
  });

  test('is not overtaken by what is said after it in the same chat', async () => {
    const { server, bot, said, sinkFaults } = await openTalking();
    sinkFaults.push(new LvlinError('disk-full'));
    server.userSays(bot, 'lin', '报名');
    server.userSays(bot, 'lin', '取消报名');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['报名', '取消报名']));
  });

  test('for certain is asked for again', async () => {
    const { server, bot, said, sinkFaults, shown, direct, log } = await openTalking();
    sinkFaults.push(...Array.from({ length: 3 }, () => new LvlinError('disk-full')));
    server.userSays(bot, 'lin', '我家承诺节水');
    await waitFor(() => expect(shown(direct).map(({ text }) => text)).toEqual(['please say it again']));
    expect(said()).toEqual([]);
    expect(log.join()).toContain('disk-full');
    expect(log.join()).not.toContain('节水');
  });

  test('perhaps is not asked for again, so that nobody counts twice', async () => {
    const { server, bot, sinkFaults, shown, direct, log } = await openTalking();
    sinkFaults.push(new LvlinError('commit-unknown'), new LvlinError('disk-full'), new LvlinError('disk-full'));
    server.userSays(bot, 'lin', '我家承诺节水');
    await waitFor(() => expect(log.filter((line) => line.includes('could not be kept'))).toHaveLength(3));
    server.userSays(bot, 'lin', '还在吗');
    await waitFor(() => expect(sinkFaults).toEqual([]));
    expect(shown(direct)).toEqual([]);
  });
});

test('nothing is heard once it is stopped, and what was heard before is kept to its end', async () => {
  const opened = await openWecom();
  const { server, bot, channel, heard, sinkFaults, start } = opened;
  await start();
  let keepIt = () => {};
  sinkFaults.push(new Promise<void>((resolve) => (keepIt = resolve)));
  server.userSays(bot, 'lin', '第一句');
  await waitFor(() => expect(sinkFaults).toEqual([]));
  const stopped = channel.stop();
  server.userSays(bot, 'lin', '第二句');
  keepIt();
  await stopped;
  expect(heard).toMatchObject([{ text: '第一句' }]);
});
