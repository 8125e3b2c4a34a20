import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPledgeKeeper } from '../../../src/features/pledges/pledge-keeper.ts';
import { createPledges } from '../../../src/features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../../../src/features/privacy/privacy-feature.ts';
import type { Effects } from '../../../src/runtime/feature.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { deleteLeftChats, findPerson, savePersonPhone } from '../../../src/store/person-table.ts';
import { type Stage, setStage } from '../../support/stage.ts';

let stage: Stage;
let erased: string[];
let othersAsked: { chatId: string; personId: string } | undefined;

beforeEach(async () => {
  erased = [];
  othersAsked = undefined;
  const eraser = async (_: unknown, person: { id: string }): Promise<Effects> => {
    erased.push(person.id);
    const ask = { step: 'offer', version: 1, question: { kind: 'confirm' }, answers: {} } as const;
    return { messages: [], ...(othersAsked === undefined ? {} : { askOthers: [{ ...ask, ...othersAsked }] }) };
  };
  stage = await setStage({
    features: (content) => {
      const parts = { habitBook: () => content, render: content.texts.render, privacyNotice };
      const keepers = [createPledgeKeeper(parts), { feature: 'volunteering', erase: eraser }];
      return [createPledges(parts), createPrivacy({ keepers, render: parts.render })];
    },
  });
  for (const text of ['我家承诺光盘，3-2-501，四口人', '对', '我叫王秀英', '今天光盘了']) await stage.hear('lin', text);
});
afterEach(() => stage.close());

const lastSaid = () => {
  const last = stage.channel.delivered.at(-1);
  if (last === undefined) throw new Error('nothing was said');
  return stage.spoken(last);
};

test('what is kept is told in plain lines', async () => {
  await stage.hear('lin', '你们存了我啥信息');
  expect(lastSaid()).toEqual({
    key: 'privacy.kept',
    variables: {
      since: '您2026年11月18日同意保存的。',
      lines: ['称呼：王秀英', '住处：3栋2单元501，4口人', '承诺：光盘不剩饭（2026年11月18日起），打卡1次'].join('\n'),
    },
  });
});

test('a phone is told masked', async () => {
  await stage.store.write(async (tx) => {
    const { id } = await tx.db.selectFrom('person').select('id').executeTakeFirstOrThrow();
    const person = await findPerson(tx, stage.communityId, id);
    if (person !== null) await savePersonPhone(tx, person, '13812345678');
  });
  await stage.hear('lin', '你们存了我啥信息');
  expect(lastSaid().variables.lines).toContain('电话：138****5678');
});

test('before erasing it is said what goes, and afterwards no record leads to the person', async () => {
  await stage.hear('lin', '把我的信息删了');
  const gone = '您的姓名和电话、您家的门牌和承诺、我们私下说过的话';
  expect(lastSaid()).toEqual({ key: 'privacy.delete-ask', variables: { gone, stays: '不带姓名的总数' } });
  await stage.hear('lin', '对');
  expect(lastSaid().key).toBe('privacy.deleted');
  const left = await stage.store.read(async ({ db }) => ({
    people: await db.selectFrom('person').selectAll().execute(),
    addresses: await db.selectFrom('person_address').selectAll().execute(),
    households: await db.selectFrom('household').selectAll().execute(),
    pledges: await db.selectFrom('pledge').selectAll().execute(),
    checkIns: await db.selectFrom('check_in').selectAll().execute(),
    conversations: await db.selectFrom('conversation').selectAll().execute(),
    said: await db.selectFrom('outbox').select('text_key').execute(),
    counts: await db.selectFrom('counter').select('value').where('value', '!=', 0).execute(),
  }));
  expect(left.people).toMatchObject([{ name_sealed: null, phone_sealed: null, phone_hash: null, consented_at: null }]);
  expect(left).toMatchObject({
    addresses: [],
    households: [],
    pledges: [],
    checkIns: [],
    conversations: [],
    counts: [],
  });
  expect(left.said.map((row) => row.text_key)).toEqual(['privacy.deleted']);
});

test('the proof in the audit log is a count and an id, nothing else', async () => {
  await stage.hear('lin', '把我的信息删了');
  await stage.hear('lin', '对');
  const [entry] = await stage.store.read((tx) => listAudit(tx, stage.communityId, { limit: 5 }));
  expect(entry).toMatchObject({ action: 'person.erase', staffId: null, detail: { signUpsCancelled: 0 } });
  expect(erased).toEqual([entry?.subjectId]);
});

test('a question that erasing opens for somebody else waits for the feature it belongs to', async () => {
  await stage.hear('wang', '你们存了我啥信息');
  const [wang] = await stage.store.read(({ db }) =>
    db.selectFrom('chat').select(['id', 'person_id']).where('address', '=', 'private:wang').execute(),
  );
  othersAsked = { chatId: wang?.id ?? '', personId: wang?.person_id ?? '' };
  await stage.hear('lin', '把我的信息删了');
  await stage.hear('lin', '对');
  const open = await stage.store.read(({ db }) => db.selectFrom('conversation').select(['feature', 'step']).execute());
  expect(open).toEqual([{ feature: 'volunteering', step: 'offer' }]);
});

test('the private chat of an erased person goes once the last word is sent, other chats stay', async () => {
  await stage.hear('wang', '你们存了我啥信息');
  await stage.hear('lin', '把我的信息删了');
  await stage.hear('lin', '对');
  const later = new Date(stage.clock.now().getTime() + 60_000);
  expect(await stage.store.write((tx) => deleteLeftChats(tx, stage.communityId, later))).toBe(1);
  const chats = await stage.store.read(({ db }) => db.selectFrom('chat').select('address').execute());
  expect(chats).toEqual([{ address: 'private:wang' }]);
});

test('whoever writes from the same address afterwards is somebody new', async () => {
  await stage.hear('lin', '把我的信息删了');
  await stage.hear('lin', '对');
  await stage.hear('lin', '我家承诺了啥');
  expect(lastSaid().key).toBe('pledge.none');
  const people = await stage.store.read(({ db }) => db.selectFrom('person').select('id').execute());
  expect(people).toHaveLength(2);
});
