/** Another machine in the chat, over the whole bot: it is answered a few times, then left alone, and the worker sees it once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Inbound } from '../../../src/model/inbound.ts';
import { listOpenTasks } from '../../../src/store/task-table.ts';
import { OFFICE } from '../../support/committee.ts';
import { STAGE_COMMUNITY, type Stage, setStage } from '../../support/stage.ts';

const MINUTE_MS = 60_000;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(OFFICE);
});
afterEach(() => stage.close());

test('a bot that answers each of our words with its own is left alone, and the worker sees it once', async () => {
  await echo('亲亲，小助手二号为您播报', 20);
  expect(keys()).toEqual(['desk.unclear-group', 'desk.unclear-group', 'desk.unclear-group loop.answered-before-group']);
  expect(await tasks()).toEqual(['bot-loop 亲亲，小助手二号为您播报']);
  later(5 * MINUTE_MS);
  await echo('亲亲，小助手二号为您播报', 20);
  expect(keys()).toHaveLength(6);
  expect(await tasks()).toHaveLength(1);
  later(6 * MINUTE_MS);
  await echo('亲亲，小助手二号为您播报', 5);
  expect(keys()).toHaveLength(6);
});

test('neighbours in the same group, and the same account with another word, are answered meanwhile', async () => {
  await echo('亲亲，小助手二号为您播报', 6);
  const before = keys().length;
  await stage.hear('lin', '大骨头扔哪', { group: '3号楼群', mentioned: true });
  await stage.hear('robot', '大骨头扔哪', { group: '3号楼群', mentioned: true });
  expect(keys().slice(before)).toEqual(['waste.answer-note', 'waste.answer-note']);
});

test('a resident who asks the same again and again is answered each time, with a kind word the third', async () => {
  for (let times = 0; times < 3; times += 1) {
    await stage.hear('lin', '大骨头扔哪');
    later(20_000);
  }
  expect(keys()).toEqual(['waste.answer-note', 'waste.answer-note', 'waste.answer-note', 'loop.answered-before']);
  expect(await tasks()).toEqual([]);
});

test('what the bot did not hear as meant for it is no part of a circle', async () => {
  for (let times = 0; times < 10; times += 1) {
    await stage.hear('lin', '吃了没', { group: '3号楼群', mentioned: false });
  }
  await stage.hear('lin', '大骨头扔哪', { group: '3号楼群', mentioned: true });
  expect(keys()).toEqual(['waste.answer-note']);
});

test('who presses the same button again and again is answered each time', async () => {
  const press = { intent: 'help', slots: {} } as const;
  for (let times = 0; times < 8; times += 1) {
    await stage.channel.hear({ ...fromRobot('', `press${times}`), understood: press });
    later(20_000);
  }
  await stage.bot.dispatcher.idle();
  expect(
    keys()
      .join(' ')
      .split(' ')
      .every((key) => key === 'desk.help-group'),
  ).toBe(true);
  expect(await tasks()).toEqual([]);
});

test('what cannot be told to the worker is not confirmed, so that the platform brings it again', async () => {
  await echo('亲亲，小助手二号为您播报', 3);
  const broken = new Error('the disk is full');
  const { write } = stage.store;
  Object.assign(stage.store, { write: () => Promise.reject(broken) });
  await expect(stage.channel.hear(fromRobot('亲亲，小助手二号为您播报', 'again'))).rejects.toBe(broken);
  Object.assign(stage.store, { write });
  await stage.channel.hear(fromRobot('亲亲，小助手二号为您播报', 'again'));
  expect({ said: keys().length, tasks: (await tasks()).length }).toEqual({ said: 3, tasks: 1 });
});

/** Speaks a second after each of our answers, and again a second after that. */
async function echo(text: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    later(1_000);
    await stage.hear('robot', text, { group: '3号楼群', mentioned: true });
  }
}

function fromRobot(text: string, messageId: string): Inbound {
  return {
    channel: 'web',
    account: STAGE_COMMUNITY,
    messageId,
    chat: { address: 'group:3号楼群', kind: 'group', title: '3号楼群' },
    sender: { address: 'robot' },
    text,
    mentioned: true,
    at: stage.clock.now(),
  };
}

function later(ms: number): void {
  stage.clock.set(new Date(stage.clock.now().getTime() + ms));
}

/** One string for each message; where one was made of several, their keys. */
function keys(): string[] {
  return stage.channel.delivered.map(({ message, ...rest }) => {
    const whole = stage.spoken({ message, ...rest }).key;
    if (whole !== message.text) return whole;
    const lines = message.text.split('\n');
    return lines.map((text) => stage.spoken({ ...rest, message: { text } }).key).join(' ');
  });
}

async function tasks(): Promise<string[]> {
  const open = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 20));
  return open.map(({ kind, text }) => `${kind} ${text}`);
}
