/** Choices as cards: what they show, what a tap means, and what becomes of a card that was used. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { LvlinError } from '../../../src/model/errors.ts';
import type { Chat } from '../../support/wecom-server/world.ts';
import { openTalking, UNREADABLE, waitFor } from './open-wecom.ts';

const KEY = '01890a5d-ac96-774b-bcce-b302099a8057';
const YES_NO = [
  { label: '好的', say: '好' },
  { label: '不用了', say: '不要' },
];
const LONG = `${'这一句很长，'.repeat(30)}要不要去？`;

function many(count: number): { label: string; say: string }[] {
  return Array.from({ length: count }, (_, index) => ({ label: `第${index + 1}个`, say: `${index + 1}` }));
}

function cardsOf(chat: Chat) {
  return chat.screen.flatMap((item) => (item.what === 'card' ? [item] : []));
}

function taskOf(chat: Chat): string {
  return String(cardsOf(chat).at(-1)?.card.task_id);
}

describe('choices', () => {
  test('stand as buttons under a short text, in one message', async () => {
    const { say, shown, direct } = await openTalking();
    expect(await say(direct, { text: '**周六**捡垃圾，去吗？', choices: YES_NO })).toEqual({ fate: 'sent' });
    expect(shown(direct)).toEqual([{ text: '周六捡垃圾，去吗？', buttons: ['好的', '不用了'], images: 0, files: 0 }]);
  });

  test('that are more than six stand as options, of which one is taken', async () => {
    const { say, shown, direct, server, bot, choices, said } = await openTalking();
    choices.set(
      KEY,
      many(7).map(({ say: word }) => `word ${word}`),
    );
    await say(direct, { text: '选哪个？', choices: many(7) }, { key: KEY });
    expect(shown(direct)[0]?.buttons).toHaveLength(7);
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'submit', { q: ['c3'] });
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['word 4']));
  });

  test('under a long text stand in a card of their own', async () => {
    const { say, shown, direct } = await openTalking();
    await say(direct, { text: LONG, choices: YES_NO });
    expect(shown(direct).map(({ text, buttons }) => [text, buttons])).toEqual([
      [LONG, []],
      ['choose one', ['好的', '不用了']],
    ]);
  });

  test('beside a link stand in a card of their own, the link above', async () => {
    const { say, shown, direct } = await openTalking();
    await say(direct, { text: '去吗？', choices: YES_NO, link: { label: '看看', url: 'https://lvlin.example/a?b=1' } });
    expect(shown(direct).map(({ text }) => text)).toEqual([
      '去吗？\n\n看看\nhttps://lvlin.example/a?b=1',
      'choose one',
    ]);
  });

  test('whose labels a button would cut off are numbered, in words and on buttons', async () => {
    const { say, shown, direct } = await openTalking();
    const choices = [
      { label: '星期六上午九点到十一点河边', say: '1' },
      { label: '星期日', say: '2' },
    ];
    await say(direct, { text: '哪一场？', choices });
    expect(shown(direct).map(({ text, buttons }) => [text, buttons])).toEqual([
      ['哪一场？\n1. 星期六上午九点到十一点河边\n2. 星期日\nby number', []],
      ['choose one', ['1', '2']],
    ]);
  });

  test('that are too many for a card stand in words', async () => {
    const { say, shown, direct } = await openTalking();
    await say(direct, { text: '选哪个？', choices: many(21) });
    expect(shown(direct)).toHaveLength(1);
    expect(shown(direct)[0]?.text).toContain('21. 第21个');
  });

  test('are said in words where the card is refused', async () => {
    const { say, shown, direct, server, log } = await openTalking();
    server.order('aibot_send_msg', { refuse: 42045 });
    expect(await say(direct, { text: '去吗？', choices: YES_NO })).toEqual({ fate: 'sent' });
    expect(shown(direct).map(({ text }) => text)).toEqual(['去吗？\n1. 好的\n2. 不用了\nby number']);
    expect(log.join()).toContain('42045');
  });

  test('under a key that cannot stand on a card are said in words', async () => {
    const { say, shown, direct } = await openTalking();
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: 'a key with spaces' });
    expect(shown(direct)[0]?.text).toContain('1. 好的');
  });

  test('are shown with a number of their own each time, so that none is refused for the one before', async () => {
    const { say, direct, server } = await openTalking();
    server.order('aibot_send_msg', { refuse: -1 });
    expect(await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY })).toMatchObject({
      code: 'server-error',
    });
    expect(await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY })).toEqual({ fate: 'sent' });
    expect(cardsOf(direct)).toHaveLength(1);
  });
});

describe('a ballot', () => {
  const ballot = [
    { label: '节水', say: '1' },
    { label: '光盘', say: '2' },
    { label: '刷牙关水', say: '3' },
  ];
  const message = { text: '选几个：\n1. 节水\n2. 光盘\n3. 刷牙关水', ballot };

  test('stands below the list, and what is ticked comes as if typed, in the order of the list', async () => {
    const { say, shown, direct, server, bot, said } = await openTalking();
    await say(direct, message, { kind: 'reply' });
    expect(shown(direct).map(({ text, buttons }) => [text, buttons])).toEqual([
      ['选几个：\n1. 节水\n2. 光盘\n3. 刷牙关水', []],
      ['tick here', ['节水', '光盘', '刷牙关水']],
    ]);
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'submit', { q: ['s3', 's1'] });
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['1 3']));
  });

  test('shows what was ticked, and cannot be ticked again', async () => {
    const { say, direct, server, bot } = await openTalking();
    await say(direct, message);
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'submit', { q: ['s2'] });
    await waitFor(() => expect(cardsOf(direct)[0]?.card).toMatchObject({ checkbox: { disable: true } }));
    expect(cardsOf(direct)[0]?.card).toMatchObject({
      checkbox: { option_list: [{ is_checked: false }, { is_checked: true }, { is_checked: false }] },
      submit_button: { text: 'chosen: 2' },
    });
  });

  test('with nothing ticked says nothing', async () => {
    const { say, direct, server, bot, said } = await openTalking();
    await say(direct, message);
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'submit', { q: [] });
    server.userSays(bot, 'lin', '嗯');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['嗯']));
  });

  test('that is refused changes nothing about the list', async () => {
    const { say, shown, direct, server } = await openTalking();
    // The words answer what was said, and the card follows as a message of its own.
    server.order('aibot_send_msg', { refuse: 42045 });
    expect(await say(direct, message, { kind: 'reply' })).toEqual({ fate: 'sent' });
    expect(shown(direct)).toHaveLength(1);
    expect(shown(direct)[0]?.text).toContain('3. 刷牙关水');
  });
});

describe('a tap', () => {
  test('means what its choice says, and the card then shows it', async () => {
    const { say, direct, server, bot, said, choices } = await openTalking();
    choices.set(KEY, ['好', '不要']);
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY });
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c1');
    await waitFor(() => expect(said()).toHaveLength(1));
    expect(said()[0]).toMatchObject({
      text: '不要',
      mentioned: true,
      sender: { address: 'lin' },
      chat: { address: 'lin', kind: 'direct' },
    });
    await waitFor(() => {
      expect(cardsOf(direct)[0]?.card).toMatchObject({
        main_title: { title: '去吗？' },
        button_list: [{ text: '不用了', style: 4 }],
      });
    });
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'done');
    server.userSays(bot, 'lin', '好了');
    await waitFor(() => expect(said()).toHaveLength(2));
  });

  test('in a group changes the card of whoever tapped, and of nobody else', async () => {
    const { say, group, server, bot, said, choices } = await openTalking();
    choices.set(KEY, ['好', '不要']);
    await say(group, { text: '去吗？', choices: YES_NO }, { key: KEY });
    server.clickCard(bot, group, 'wang', taskOf(group), 'c0');
    await waitFor(() => expect([...(cardsOf(group)[0]?.changedFor.keys() ?? [])]).toEqual(['wang']));
    expect(said()[0]).toMatchObject({ text: '好', sender: { address: 'wang' }, chat: { address: group.id } });
    server.clickCard(bot, group, 'lin', taskOf(group), 'c1');
    await waitFor(() => expect(said()).toHaveLength(2));
  });

  test('on a card of an earlier process is understood, and the card becomes a short one', async () => {
    const { direct, server, bot, said, choices } = await openTalking();
    choices.set(KEY, ['好', '不要']);
    const taskId = `${KEY}@before`;
    const card = {
      card_type: 'button_interaction',
      main_title: { title: '去吗？' },
      button_list: [{ text: '好的', key: 'c0' }],
      task_id: taskId,
    };
    direct.screen.push({ what: 'card', via: 'push', card, changedFor: new Map() });
    server.clickCard(bot, direct, 'lin', taskId, 'c0');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['好']));
    await waitFor(() => expect(cardsOf(direct)[0]?.card).toMatchObject({ main_title: { title: 'chosen: 好' } }));
  });

  test('whose meaning is forgotten is its label, and nothing where that is forgotten, too', async () => {
    const { say, direct, server, bot, said } = await openTalking();
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY });
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c0');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['好的']));
    const card = { ...cardsOf(direct)[0]?.card, task_id: `${KEY}@before`, button_list: [{ text: '好的', key: 'c0' }] };
    direct.screen.push({ what: 'card', via: 'push', card, changedFor: new Map() });
    server.clickCard(bot, direct, 'lin', `${KEY}@before`, 'c0');
    server.userSays(bot, 'lin', '嗯');
    await waitFor(() => expect(said().map(({ text }) => text)).toEqual(['好的', '嗯']));
  });

  test('whose keeping takes long is shown in time all the same', async () => {
    const { say, direct, server, bot, choices, sinkFaults, said } = await openTalking({
      timings: { keepBeforeCardMs: 30 },
    });
    choices.set(KEY, ['好', '不要']);
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY });
    let keepIt = () => {};
    sinkFaults.push(new Promise<void>((resolve) => (keepIt = resolve)));
    onTestFinished(() => keepIt());
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c0');
    await waitFor(() => expect(cardsOf(direct)[0]?.card).toMatchObject({ button_list: [{ text: 'chosen: 好的' }] }));
    expect(said()).toEqual([]);
    keepIt();
    await waitFor(() => expect(said()).toHaveLength(1));
  });

  test('that could not be kept leaves the card as it was, and asks for it again', async () => {
    const { say, shown, direct, server, bot, choices, sinkFaults } = await openTalking();
    choices.set(KEY, ['好', '不要']);
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY });
    sinkFaults.push(...Array.from({ length: 3 }, () => new LvlinError('disk-full')));
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c0');
    await waitFor(() => expect(shown(direct).at(-1)?.text).toBe('please say it again'));
    expect(shown(direct)[0]?.buttons).toEqual(['好的', '不用了']);
  });

  test('whose meaning cannot be read just now is asked for again', async () => {
    const { say, shown, direct, server, bot } = await openTalking();
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: UNREADABLE });
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c0');
    await waitFor(() => expect(shown(direct).at(-1)?.text).toBe('please say it again'));
  });

  test('whose card cannot be changed is heard all the same', async () => {
    const { say, direct, server, bot, choices, said, log } = await openTalking();
    choices.set(KEY, ['好', '不要']);
    await say(direct, { text: '去吗？', choices: YES_NO }, { key: KEY });
    server.order('aibot_respond_update_msg', { refuse: 846605 });
    server.clickCard(bot, direct, 'lin', taskOf(direct), 'c0');
    await waitFor(() => expect(said()).toHaveLength(1));
    await waitFor(() => expect(log.join()).toContain('846605'));
  });
});
