/** One private chat with an address, shared by every community that knows it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChannelName } from '../../src/model/channel-name.ts';
import type { Chat, Person } from '../../src/model/chat.ts';
import { listAttendees, listOffersToCall } from '../../src/store/attendee-table.ts';
import { findChatById, insertChat, insertPerson } from '../../src/store/chat-table.ts';
import { insertArea } from '../../src/store/community-table.ts';
import { dropOtherQuestions, findPrivateConversation, saveConversation } from '../../src/store/conversation-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { deleteLeftChats, erasePerson } from '../../src/store/person-table.ts';
import { findPrivateChat, isShared, turnPrivateChat } from '../../src/store/private-chat-table.ts';
import { findMet } from '../../src/store/sender-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, insertShift, NOW } from '../support/records.ts';
import type { TestStore } from '../support/test-store.ts';

const now = new Date(NOW);
const BOT = { channel: 'telegram', account: 'bot' } as const;

forEachStore((open) => {
  let opened: TestStore;
  let west: Person;
  let east: Person;
  let chat: Chat;
  beforeEach(async () => {
    opened = await open();
    await opened.store.write(async (tx) => {
      for (const id of ['c', 'd']) await foundCommunity(tx, opened.vault, id);
    });
    west = await meet('c');
    chat = await openPrivate(west, 'bot');
    east = await meet('d');
  });
  afterEach(() => opened.close());

  const meet = (communityId: string, address = 'lin', channel: ChannelName = 'telegram') =>
    opened.store.write((tx) => insertPerson(tx, { communityId, from: { ...BOT, channel, address }, now }));
  const openPrivate = ({ id, communityId }: Person, account: string, address = 'lin') =>
    opened.store.write((tx) => {
      const of = { communityId, kind: 'direct', title: null, areaId: null, personId: id } as const;
      return insertChat(tx, { ...of, channel: 'telegram', account, address, now });
    });
  const queue = (communityId: string, key: string) =>
    opened.store.write((tx) => {
      const held = { runAt: now, notAfter: null, collapseKey: null, urgent: false, subjectId: null };
      const message = {
        ...held,
        communityId,
        chatId: chat.id,
        kind: 'reply',
        textKey: key,
        message: { text: key },
      } as const;
      return insertOutbox(tx, message, { owner: null, now });
    });
  const queued = async () => {
    const rows = await opened.store.read(({ db }) =>
      db.selectFrom('outbox').select('text_key').orderBy('id').execute(),
    );
    return rows.map((row) => row.text_key);
  };
  const meetsIn = (address: string, sender = 'lin') =>
    opened.store.read((tx) => findMet(tx, { ...BOT, chat: address, sender }));

  test('every community finds it, and it is known to be shared', async () => {
    expect(await opened.store.read((tx) => findPrivateChat(tx, west.id))).toEqual(chat);
    expect(await opened.store.read((tx) => findPrivateChat(tx, east.id))).toEqual(chat);
    expect(await opened.store.read((tx) => isShared(tx, chat))).toBe(true);
    const wang = await meet('c', 'wang');
    const alone = await openPrivate(wang, 'bot', 'wang');
    expect(await opened.store.read((tx) => isShared(tx, alone))).toBe(false);
  });

  test('a chat with another bot is no matter of whoever is known to this one alone', async () => {
    await opened.store.write((tx) => tx.db.deleteFrom('chat').execute());
    await openPrivate(west, 'another-bot');
    expect(await opened.store.read((tx) => findPrivateChat(tx, west.id))).toMatchObject({ account: 'another-bot' });
    expect(await opened.store.read((tx) => findPrivateChat(tx, east.id))).toBeNull();
  });

  test('the sender is found with the chat, as everybody knows them, whoever met them first before the others', async () => {
    const both = { people: [west, east] };
    expect(await meetsIn('lin')).toMatchObject({ ...both, chat: { id: chat.id }, home: { id: 'c' } });
    expect(await meetsIn('a group nobody knows')).toMatchObject({ ...both, chat: null, home: null });
    expect(await meetsIn('lin', 'a stranger')).toMatchObject({ people: [], chat: { id: chat.id } });
  });

  test('it is where volunteers of either can be told something', async () => {
    await opened.store.write(async (tx) => {
      await insertShift(tx, { id: 's', capacity: 2 });
      const signUp = {
        shift_id: 's',
        community_id: 'c',
        party: 1,
        source: 'chat',
        queued_at: NOW,
        created_at: NOW,
      } as const;
      const wang = await insertPerson(tx, { communityId: 'c', from: { ...BOT, address: 'wang' }, now });
      const rows = [
        { id: '1', person_id: west.id, state: 'offered' },
        { id: '2', person_id: wang.id, state: 'offered' },
      ] as const;
      for (const row of rows)
        await tx.db
          .insertInto('sign_up')
          .values({ ...signUp, ...row })
          .execute();
      await turnPrivateChat(tx, chat, east);
    });
    const attendees = await opened.store.read((tx) => listAttendees(tx, 'c', 's'));
    expect(attendees.map(({ privateChatId }) => privateChatId)).toEqual([chat.id, null]);
    const toCall = await opened.store.read((tx) => listOffersToCall(tx, 'c'));
    expect(toCall.map(({ signUp }) => signUp.id)).toEqual(['2']);
  });

  test('turned to another community it leaves the building behind', async () => {
    await opened.store.write(async (tx) => {
      const area = await insertArea(tx, {
        communityId: 'c',
        parentId: null,
        kind: 'building',
        name: '3',
        households: null,
      });
      await tx.db.updateTable('chat').set({ area_id: area.id }).execute();
      await turnPrivateChat(tx, chat, west);
      expect(await findChatById(tx, chat.id)).toMatchObject({ communityId: 'c', personId: west.id, areaId: area.id });
      await turnPrivateChat(tx, chat, east);
    });
    const turned = await opened.store.read((tx) => findChatById(tx, chat.id));
    expect(turned).toMatchObject({ communityId: 'd', personId: east.id, areaId: null });
  });

  test('whom one community erases goes on with the other there, with what the other wrote', async () => {
    await queue('c', 'of west');
    await queue('d', 'of east');
    await opened.store.write((tx) => erasePerson(tx, west));
    expect(await queued()).toEqual(['of east']);
    const left = await opened.store.read((tx) => findPrivateChat(tx, east.id));
    expect(left).toMatchObject({ id: chat.id, communityId: 'd', personId: east.id });
    expect(await meetsIn('lin')).toMatchObject({ people: [east], home: { id: 'd' } });
    expect(await opened.store.write((tx) => deleteLeftChats(tx, 'c', new Date(NOW + 1)))).toBe(0);
  });

  test('a guest there who is erased takes along what was written to them, and nothing else', async () => {
    await queue('c', 'of west');
    await queue('d', 'of east');
    await opened.store.write((tx) => erasePerson(tx, east));
    expect(await queued()).toEqual(['of west']);
    const left = await opened.store.read((tx) => findPrivateChat(tx, west.id));
    expect(left).toMatchObject({ id: chat.id, communityId: 'c', personId: west.id });
    expect(await meetsIn('lin')).toMatchObject({ people: [west] });
  });

  test('erased by the last that knew them, it is nobody’s and goes', async () => {
    await queue('c', 'of west');
    await queue('d', 'of east');
    await opened.store.write(async (tx) => {
      await erasePerson(tx, west);
      await erasePerson(tx, east);
    });
    expect(await queued()).toEqual([]);
    expect(await opened.store.read((tx) => findChatById(tx, chat.id))).toMatchObject({ personId: null });
    expect(await opened.store.write((tx) => deleteLeftChats(tx, 'd', new Date(NOW + 1)))).toBe(1);
  });

  test('one question is open there at a time, sealed by whoever asked; in a group one for each', async () => {
    const ask = (person: Person, chatId: string) => {
      const key = { chatId, personId: person.id, communityId: person.communityId };
      const asked = { feature: 'f', step: 's', version: 1, question: null, answers: { of: person.communityId } };
      return opened.store.write(async (tx) => {
        await dropOtherQuestions(tx, key);
        await saveConversation(tx, key, { ...asked, expiresAt: new Date(NOW + 1_000) });
      });
    };
    await ask(west, chat.id);
    await ask(east, chat.id);
    const open = await opened.store.read((tx) => findPrivateConversation(tx, chat.id, now));
    expect(open).toMatchObject({ personId: east.id, communityId: 'd' });
    expect(open?.answers()).toEqual({ of: 'd' });
    const group = await opened.store.write((tx) => {
      const of = { communityId: 'd', kind: 'group', title: null, areaId: null, personId: null } as const;
      return insertChat(tx, { ...BOT, ...of, address: 'group', now });
    });
    const wang = await meet('d', 'wang');
    await ask(east, group.id);
    await ask(wang, group.id);
    const rows = await opened.store.read(({ db }) => db.selectFrom('conversation').select('chat_id').execute());
    expect(rows).toHaveLength(3);
  });
});
