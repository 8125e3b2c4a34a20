import { afterEach, beforeEach, expect, it } from 'vitest';
import { readGroupNote } from '../../../src/channels/wechat/group-note-text.ts';
import { eraseEverywhere } from '../../../src/features/privacy/privacy-service.ts';
import { recordKeepers } from '../../../src/joints/all-features.ts';
import { everythingKept } from '../../support/everything-kept.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';
import { groupNote } from '../../support/wechat-server/group-note.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

const NAME = '欧阳翠花';
const PHONE = '13987654321';
const ROOM = '1707';
const CARD = '110101199003071233';
const GROUP = { group: '3号楼群', mentioned: false };
const DAY_MS = 24 * 3_600_000;

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

const traces = async (canaries: readonly string[] = [NAME, PHONE, ROOM]) => {
  const kept = await hall.store.read((tx) => everythingKept(tx, STAGE_COMMUNITY));
  return kept.filter(({ text }) => canaries.some((canary) => text.includes(canary))).map(({ where }) => where);
};

it('whoever wrote themselves and a neighbour into a list and wants it gone leaves nothing in any table, and no copy brings it back', async () => {
  const shift = await hall.activity('周六捡垃圾');
  const text = `#接龙\n周六捡垃圾\n1. ${NAME} 3-2-${ROOM} ${PHONE} 2人`;
  const more = `${text}\n2. ${NAME}的老伴 1人`;
  await hall.stage.hear('lin', text, GROUP);
  await hall.stage.hear('lin', more, GROUP);
  await hall.stage.hear('wang', `${more}\n3. 王五`, GROUP);
  expect(new Set(await traces())).toEqual(
    new Set(['chain_entry.line_sealed', 'sign_up.name_sealed', 'sign_up.phone_sealed']),
  );
  await hall.stage.hear('lin', '删除我的信息');
  await hall.stage.hear('lin', '对，删掉');
  expect(await traces()).toEqual([]);
  await hall.stage.hear('zhao', `${more}\n3. 王五\n4. 赵六`, GROUP);
  expect(await traces()).toEqual([]);
  expect((await hall.coming(shift)).map((line) => line.split(' ')[0])).toEqual(['null', '王五', '赵六']);
});

it('an address by which WeChat told who began a list and wrote in it goes with the person', async () => {
  await hall.activity('周六捡垃圾');
  const note = groupNote('周六捡垃圾', 'wxid_lin', [{ memberId: 'wxid_lin', text: `${NAME} 2人`, at: STAGE_START }]);
  const { text, chain } = readGroupNote(note.xml);
  const group = await hall.group('3号楼群');
  await hall.post(group, text, { by: 'wxid_lin', native: chain });
  expect(await traces(['wxid_lin'])).toEqual(
    expect.arrayContaining(['chain_entry.line_sealed', 'person_address.address']),
  );
  const person = await hall.store.read((tx) =>
    tx.db.selectFrom('person_address').select('person_id').executeTakeFirstOrThrow(),
  );
  const keys = await hall.store.read((tx) =>
    tx.db.selectFrom('chain').select('initiator_key').executeTakeFirstOrThrow(),
  );
  expect(keys.initiator_key).not.toBeNull();
  const { content } = hall.stage;
  const keepers = recordKeepers({ content: () => content, render: (...saying) => content.texts.render(...saying) });
  const known = { id: person.person_id, communityId: STAGE_COMMUNITY, consentedAt: null, consentVersion: null };
  await hall.write((tx) => eraseEverywhere(tx, keepers, known, null, hall.stage.clock.now()));
  expect(await traces([NAME, 'wxid_lin'])).toEqual([]);
  const after = await hall.store.read((tx) =>
    tx.db.selectFrom('chain').select('initiator_key').executeTakeFirstOrThrow(),
  );
  expect(after.initiator_key).toBeNull();
});

it('the number of an identity card is kept nowhere, and a list that was asked about is told to whoever asks for their data', async () => {
  await hall.activity('周六捡垃圾');
  await hall.stage.hear('lin', `#接龙\n周六捡垃圾\n1. ${NAME} ${CARD}`, GROUP);
  expect(await traces([CARD])).toEqual([]);
});

it('a month after the activity its list is forgotten, and after a fortnight one that was nothing of ours', async () => {
  await hall.activity('周六捡垃圾');
  const group = await hall.group('3号楼群');
  await hall.post(group, `#接龙\n周六捡垃圾\n1. ${NAME}`, { by: 'a' });
  await hall.post(group, `#接龙\n明天吃什么\n1. ${NAME}\n2. 李四`, { by: 'b' });
  const lists = () => hall.store.read((tx) => tx.db.selectFrom('chain').select('state').execute());
  expect(await lists()).toHaveLength(2);
  hall.stage.clock.set(new Date(STAGE_START.getTime() + 15 * DAY_MS));
  await hall.stage.tick();
  expect(await lists()).toEqual([{ state: 'matched' }]);
  hall.stage.clock.set(new Date(STAGE_START.getTime() + 34 * DAY_MS));
  await hall.stage.tick();
  expect(await lists()).toEqual([]);
  expect(await traces([NAME])).toEqual([]);
});
