import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  answerTask,
  askPerson,
  cautionAbout,
  closeTask,
  reportIssue,
} from '../../../src/features/front-desk/front-desk-service.ts';
import { findTask, listOpenTasks } from '../../../src/store/task-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const act = { communityId: STAGE_COMMUNITY, staffId: 'staff-1', now: STAGE_START };

function ask(text: string, who: { personId: string; chatId: string }) {
  return office.write((tx) => askPerson(tx, { communityId: STAGE_COMMUNITY, ...who, text, now: STAGE_START }));
}

test('the same words from one person are one task, from two people two', async () => {
  const lin = await office.resident('lin');
  const wang = await office.resident('wang');
  await Promise.all([ask('几点开门', lin), ask('几点开门', lin), ask('几点开门', wang)]);
  expect(await office.write((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 9))).toHaveLength(2);
});

test('an answer goes where it was asked, once, and is kept with the question', async () => {
  const lin = await office.resident('lin');
  const taskId = await ask('几点开门', lin);
  const answer = () => office.write((tx) => answerTask(tx, office.content, { ...act, taskId, text: ' 九点 ' }));
  expect(await answer()).toMatchObject({
    messages: [{ to: { chatId: lin.chatId }, said: { key: 'desk.answered', variables: { answer: '九点' } } }],
  });
  expect(await answer()).toEqual({ ok: false, why: 'settled' });
  expect((await office.write((tx) => findTask(tx, STAGE_COMMUNITY, taskId)))?.answer).toBe('九点');
});

test('a phone, a door and a name in the question are hidden when the answer is read in a group', async () => {
  const { personId } = await office.resident('lin');
  const chatId = await office.group('3号楼群');
  const taskId = await ask('3号楼502王秀英13812345678说，楼道灯谁管', { personId, chatId });
  const result = await office.write((tx) => answerTask(tx, office.content, { ...act, taskId, text: '物业管' }));
  expect(JSON.stringify(result)).toContain('楼道灯谁管');
  expect(JSON.stringify(result)).not.toMatch(/138|5678|502|秀英/);
});

test('an empty answer settles nothing, and what was dealt with at the door is closed without a word', async () => {
  const lin = await office.resident('lin');
  const taskId = await office.write((tx) => reportIssue(tx, { ...act, ...lin, text: '楼道灯坏了' }));
  expect(await office.write((tx) => answerTask(tx, office.content, { ...act, taskId, text: ' ' }))).toEqual({
    ok: false,
    why: 'empty',
  });
  expect(await office.write((tx) => closeTask(tx, { ...act, taskId }))).toBe(true);
  expect(await office.write((tx) => closeTask(tx, { ...act, taskId }))).toBe(false);
});

test('a task of another community cannot be answered', async () => {
  const taskId = await ask('几点开门', await office.resident('lin'));
  const foreign = { ...act, communityId: 'another-community', taskId, text: '九点' };
  expect(await office.write((tx) => answerTask(tx, office.content, foreign))).toEqual({ ok: false, why: 'unknown' });
});

test.each([
  ['group', '打我电话 138 1234 5678', 1],
  ['group', '身份证11010119900307123X', 1],
  ['group', '3栋2单元501', 0],
  ['group', '#接龙\n周六捡垃圾\n1. 张三 13812345678\n2. 李四', 0],
  ['direct', '13812345678', 0],
] as const)('in a %s chat, %s earns %i private words', (kind, text, words) => {
  expect(cautionAbout({ chat: { address: 'x', kind }, text })).toHaveLength(words);
});
