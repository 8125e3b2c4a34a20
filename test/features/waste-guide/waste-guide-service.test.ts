import { afterEach, beforeEach, expect, test } from 'vitest';
import { findWaste } from '../../../src/features/waste-guide/waste-guide-lookup.ts';
import {
  answerUnknownWaste,
  askCommittee,
  forgetRule,
  keepRule,
} from '../../../src/features/waste-guide/waste-guide-service.ts';
import { WasteWords } from '../../../src/features/waste-guide/waste-guide-words.ts';
import { listOpenTasks } from '../../../src/store/task-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const now = STAGE_START;

function ask(item: string, who: { personId: string; chatId: string }) {
  return office.write((tx) => askCommittee(tx, STAGE_COMMUNITY, { ...who, item, now }));
}

function find(words: string) {
  return office.write((tx) => findWaste(tx, office.content.wasteGuide, STAGE_COMMUNITY, words));
}

function answer(taskId: string, note = '', keep = false) {
  const reply = { taskId, class: 'other', note, keep, staffId: 'staff-1', now } as const;
  return office.write((tx) => answerUnknownWaste(tx, office.content, office.community, reply));
}

test('people who ask for the same unknown thing at the same moment share one task, however they write it', async () => {
  const lin = await office.resident('lin');
  const wang = await office.resident('wang');
  const [one, other] = await Promise.all([ask('Ｘ光片夹', lin), ask('x光片夹。', wang)]);
  expect(one).toBe(other);
  expect(await answer(one ?? '')).toMatchObject({
    ok: true,
    messages: [{ to: { chatId: lin.chatId } }, { to: { chatId: wang.chatId } }],
  });
});

test('an answer is given once', async () => {
  const task = await ask('曲率引擎', await office.resident('lin'));
  expect(await answer(task)).toMatchObject({ ok: true });
  expect(await answer(task)).toEqual({ ok: false, why: 'settled' });
  expect(await answer('no-such-task')).toEqual({ ok: false, why: 'unknown' });
});

test('a note longer than a message is refused before anything is settled', async () => {
  const task = await ask('曲率引擎', await office.resident('lin'));
  expect(await answer(task, '长'.repeat(61))).toEqual({ ok: false, why: 'note-too-long' });
  expect(await answer(task, '长'.repeat(60))).toMatchObject({ ok: true });
});

test("the community's own rule wins over the guide, for longer words around it too, until it is forgotten", async () => {
  const rule = {
    communityId: STAGE_COMMUNITY,
    name: '大骨头',
    class: 'kitchen',
    note: '',
    staffId: null,
    now,
  } as const;
  expect(await find('大骨头')).toMatchObject({ how: 'guide' });
  await office.write((tx) => keepRule(tx, rule));
  expect(await find('大骨头')).toMatchObject({ how: 'own-rule', rule: { class: 'kitchen' } });
  expect(await find('炖汤的大骨头')).toMatchObject({ how: 'own-rule' });
  await office.write((tx) => forgetRule(tx, STAGE_COMMUNITY, '大骨头'));
  expect(await find('大骨头')).toMatchObject({ how: 'guide' });
});

test('an old thing is the thing, but what only begins like it is asked about', async () => {
  expect(await find('旧蚊帐')).toMatchObject({ how: 'guide', name: '蚊帐', like: true });
  expect(await find('猫砂盆')).toMatchObject({ how: 'near', items: [{ name: '猫砂' }] });
});

test('a number typed with the thing is hidden from the task and the group', async () => {
  await ask('13812345678的曲率引擎', await office.resident('lin'));
  const [task] = await office.write((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 1));
  expect(task?.text).toBe('138****5678的曲率引擎');
});

test('every item of the guide has an answer of two lines at most that fits a group', () => {
  const words = new WasteWords(office.content, office.community);
  for (const item of office.content.wasteGuide.items) {
    const place = words.placeOf(item);
    const note = words.noteOf(item.note, item.variesLocally);
    expect(place.length, item.name).toBeGreaterThan(0);
    expect(`${place}${note}`, item.name).not.toMatch(/\n|。。|undefined/u);
    expect([...`${item.name}${place}${note}`].length, item.name).toBeLessThanOrEqual(120);
  }
});

test('in English the class is English and no Chinese colour stands beside it', () => {
  const words = new WasteWords(office.content, { ...office.community, locale: 'en' });
  expect(words.className('kitchen')).toBe('Food waste');
});
