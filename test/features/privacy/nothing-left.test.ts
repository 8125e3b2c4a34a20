import { afterEach, beforeEach, expect, test } from 'vitest';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { addAtDesk, removeSignUp } from '../../../src/features/volunteering/attendance-service.ts';
import { insertWebMessage } from '../../../src/store/web-message-table.ts';
import { everythingKept } from '../../support/everything-kept.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../../support/stage.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const NAME = '欧阳翠花';
const PHONE = '13987654321';
const ROOM = '1707';
const CANARIES = [NAME, PHONE, ROOM];
const GROUP = { group: '3号楼群', mentioned: true };

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(WHOLE_BOT);
  await stage.store.write(async (tx) => {
    const now = stage.clock.now();
    const startsAt = new Date(now.getTime() + 72 * 3_600_000);
    const shift = { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), capacity: null };
    const draft = { title: '河边捡垃圾', place: '河边', details: '', risk: '', insured: false, shifts: [shift] };
    await createActivity(tx, draft, { community: await stage.community(), staffId: null, now });
  });
});
afterEach(() => stage.close());

async function onThePage(
  id: string,
  chatAddress: string,
  senderAddress: string | null,
  kind: 'reply' | null = null,
): Promise<void> {
  const message = { text: `我是${NAME}，住${ROOM}` };
  const said = { id, communityId: STAGE_COMMUNITY, chatAddress, senderAddress, kind, message };
  await stage.store.write((tx) => insertWebMessage(tx, { ...said, at: stage.clock.now() }));
}

async function tellEverything(): Promise<void> {
  await stage.hear('lin', `我家承诺节水和光盘，3栋2单元${ROOM}，四口人`);
  await stage.hear('lin', '对');
  await stage.hear('lin', `河边捡垃圾我报名，我叫${NAME}，电话${PHONE}`);
  await stage.hear('lin', `我要反映：我是3栋2单元${ROOM}的${NAME}，电话${PHONE}，楼道里堆满了垃圾没人管`);
  await stage.hear('lin', `${NAME}家的坛坛罐罐扔哪`);
  await stage.hear('lin', `@绿邻 ${NAME}家的瓶瓶罐罐扔哪`, GROUP);
  await stage.hear('lin', `找人工：我是${NAME}，${PHONE}，什么时候发垃圾袋`);
  await onThePage('private', 'private:lin', 'lin');
  await onThePage('answer', 'private:lin', null);
  await onThePage('group', 'group:3号楼群', 'lin');
  await onThePage('group-answer', 'group:3号楼群', null, 'reply');
}

const traces = async () => {
  const kept = await stage.store.read((tx) => everythingKept(tx, STAGE_COMMUNITY));
  return kept.filter(({ text }) => CANARIES.some((canary) => text.includes(canary))).map(({ where }) => where);
};

test('whoever has told everything and wants it gone leaves no name, number or room in any table', async () => {
  await tellEverything();
  expect(new Set(await traces())).toEqual(
    new Set([
      'household.door_sealed',
      'outbox.body_sealed',
      'sign_up.name_sealed',
      'sign_up.phone_sealed',
      'task.text_sealed',
      'web_message.body_sealed',
    ]),
  );
  await stage.hear('lin', '删除我的信息');
  await stage.hear('lin', '对，删掉');
  expect(await traces()).toEqual([]);
});

test('of an issue it stays that there was one, of a thing nobody knew what somebody else waits for', async () => {
  await stage.hear('lin', '我要反映：楼道里堆满了垃圾没人管');
  await stage.hear('lin', '坛坛罐罐扔哪');
  await stage.hear('wang', '坛坛罐罐扔哪');
  await stage.hear('lin', '铁皮青蛙扔哪');
  await stage.hear('lin', '删除我的信息');
  await stage.hear('lin', '对，删掉');
  const left = await stage.store.read((tx) => everythingKept(tx, STAGE_COMMUNITY));
  const texts = left.filter(({ where }) => where === 'task.text_sealed').map(({ text }) => text);
  expect(texts).toEqual(['', '坛坛罐罐']);
});

test('whoever was written down at the desk and taken off again leaves no name and no number', async () => {
  const community = await stage.community();
  const office = () => ({ community, staffId: null, now: stage.clock.now() });
  const added = await stage.store.write(async (tx) => {
    const shift = await tx.db.selectFrom('shift').select('id').executeTakeFirstOrThrow();
    return addAtDesk(tx, shift.id, { name: NAME, party: 1, phone: PHONE }, office());
  });
  if (!added.ok) throw new Error('nobody was written down');
  expect((await traces()).length).toBe(2);
  await stage.store.write((tx) => removeSignUp(tx, added.signUp.id, office()));
  expect(await traces()).toEqual([]);
});

const DAY_MS = 24 * 3_600_000;

test('a month after an activity who came is a number, without names and phones', async () => {
  await stage.hear('lin', `河边捡垃圾我报名，我叫${NAME}，电话${PHONE}`);
  const contacts = async () => (await traces()).filter((where) => where.startsWith('sign_up.'));
  stage.clock.set(new Date(STAGE_START.getTime() + 33 * DAY_MS));
  await stage.tick();
  expect(await contacts()).toHaveLength(2);
  stage.clock.set(new Date(STAGE_START.getTime() + 34 * DAY_MS));
  await stage.tick();
  expect(await contacts()).toEqual([]);
  const signUps = await stage.store.read(({ db }) => db.selectFrom('sign_up').select(['party', 'state']).execute());
  expect(signUps).toEqual([{ party: 1, state: 'joined' }]);
});
