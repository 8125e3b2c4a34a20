import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../src/model/chat.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import {
  deleteLeftChats,
  erasePerson,
  findPerson,
  readPersonalData,
  recordConsent,
  revokeConsent,
  savePersonName,
  savePersonPhone,
  takeUpLeftChat,
} from '../../src/store/person-table.ts';
import { findPrivateChat } from '../../src/store/private-chat-table.ts';
import { NOW, openPledgeStage, type PledgeStage } from '../features/pledges/pledge-stage.ts';
import { forEachStore } from '../support/for-each-store.ts';

const LATER = new Date(NOW.getTime() + 60_000);

forEachStore((open) => {
  let stage: PledgeStage;
  let lin: Person;
  beforeEach(async () => {
    stage = await openPledgeStage(open);
    lin = await stage.person('lin');
  });
  afterEach(() => stage.close());

  const privateChat = (person: Person) =>
    stage.store.write((tx) =>
      insertChat(tx, {
        communityId: stage.community.id,
        channel: 'web',
        account: 'a',
        address: `private:${person.id}`,
        kind: 'direct',
        title: null,
        areaId: null,
        personId: person.id,
        now: NOW,
      }),
    );

  const queueMessage = (chatId: string) =>
    stage.store.write((tx) =>
      insertOutbox(
        tx,
        {
          communityId: stage.community.id,
          chatId,
          kind: 'reply',
          textKey: 'any.key',
          message: { text: 'hello' },
          runAt: LATER,
          notAfter: null,
          collapseKey: null,
          urgent: false,
          subjectId: null,
        },
        { owner: null, now: NOW },
      ),
    );

  test('a name and a phone come back as given, and only for the person they were sealed for', async () => {
    const wang = await stage.person('wang');
    await stage.store.write(async (tx) => {
      await savePersonName(tx, lin, '古丽·买买提');
      await savePersonPhone(tx, lin, '13812345678');
    });
    expect(await stage.store.read((tx) => readPersonalData(tx, lin))).toEqual({
      name: '古丽·买买提',
      phone: '13812345678',
      since: NOW,
    });
    await stage.store.write(async ({ db }) => {
      const { name_sealed } = await db
        .selectFrom('person')
        .select('name_sealed')
        .where('id', '=', lin.id)
        .executeTakeFirstOrThrow();
      await db.updateTable('person').set({ name_sealed }).where('id', '=', wang.id).execute();
    });
    await expect(stage.store.read((tx) => readPersonalData(tx, wang))).rejects.toMatchObject({ code: 'sealed-wrong' });
  });

  test('consent is given to a wording and taken back', async () => {
    const find = () => stage.store.read((tx) => findPerson(tx, stage.community.id, lin.id));
    await stage.store.write((tx) => recordConsent(tx, lin.id, 'v1', NOW));
    expect(await find()).toMatchObject({ consentedAt: NOW, consentVersion: 'v1' });
    await stage.store.write((tx) => revokeConsent(tx, lin.id));
    expect(await find()).toMatchObject({ consentedAt: null, consentVersion: null });
    expect(await stage.store.read((tx) => findPerson(tx, 'another-community', lin.id))).toBeNull();
  });

  test('erasing takes what waits to be sent along, but not what others are to get', async () => {
    const wang = await stage.person('wang');
    const [mine, others] = [await privateChat(lin), await privateChat(wang)];
    await queueMessage(mine.id);
    await queueMessage(others.id);
    await stage.store.write((tx) => erasePerson(tx, lin));
    const left = await stage.store.read(({ db }) => db.selectFrom('outbox').select('chat_id').execute());
    expect(left).toEqual([{ chat_id: others.id }]);
    expect(await stage.store.read((tx) => findPrivateChat(tx, lin.id))).toBeNull();
  });

  test('a left chat stays while something is on its way there, and goes afterwards', async () => {
    const chat = await privateChat(lin);
    await stage.store.write((tx) => erasePerson(tx, lin));
    await queueMessage(chat.id);
    const sweep = () => stage.store.write((tx) => deleteLeftChats(tx, stage.community.id, LATER));
    expect(await sweep()).toBe(0);
    await stage.store.write(({ db }) => db.updateTable('outbox').set({ state: 'sent' }).execute());
    expect(await sweep()).toBe(1);
  });

  test('a left chat belongs to whoever writes from there next, and is then nobody else’s to take', async () => {
    const chat = await privateChat(lin);
    await stage.store.write((tx) => erasePerson(tx, lin));
    const [wang, zhao] = [await stage.person('wang'), await stage.person('zhao')];
    await stage.store.write((tx) => takeUpLeftChat(tx, chat.id, wang.id));
    await stage.store.write((tx) => takeUpLeftChat(tx, chat.id, zhao.id));
    expect(await stage.store.read((tx) => findPrivateChat(tx, wang.id))).toMatchObject({ id: chat.id });
    expect(await stage.store.write((tx) => deleteLeftChats(tx, stage.community.id, LATER))).toBe(0);
  });
});
