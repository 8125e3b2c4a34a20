/** Two records of the same human become one, with everything both had, on every database. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinPeople } from '../../../src/features/binding/join-people-service.ts';
import { makePledge } from '../../../src/features/pledges/pledges-service.ts';
import { counterName } from '../../../src/features/pledges/standing-counter.ts';
import { eraseEverywhere } from '../../../src/features/privacy/privacy-service.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { joinShift } from '../../../src/features/volunteering/sign-up-service.ts';
import { RECORD_JOINERS, recordKeepers } from '../../../src/joints/all-features.ts';
import type { ChannelName } from '../../../src/model/channel-name.ts';
import type { Chat, Person } from '../../../src/model/chat.ts';
import { type Community, CommunitySettings } from '../../../src/model/community.ts';
import { listShiftsFrom } from '../../../src/store/activity-table.ts';
import { insertAsker, openTaskOnce } from '../../../src/store/asked-task-table.ts';
import { insertChat, insertPerson } from '../../../src/store/chat-table.ts';
import { findCommunity, insertCommunity } from '../../../src/store/community-table.ts';
import { findConversation, saveConversation } from '../../../src/store/conversation-table.ts';
import { readCounters } from '../../../src/store/counter-table.ts';
import { findHouseholdOfPerson, listMemberIds } from '../../../src/store/household-table.ts';
import { countReceipts, insertReceipt } from '../../../src/store/notice-receipt-table.ts';
import { insertNotice } from '../../../src/store/notice-table.ts';
import { listFormerIds } from '../../../src/store/person-join-table.ts';
import {
  findPerson,
  readPersonalData,
  recordConsent,
  savePersonName,
  savePersonPhone,
} from '../../../src/store/person-table.ts';
import { findPledge, listPledgeChanges } from '../../../src/store/pledge-table.ts';
import { findPrivateChat } from '../../../src/store/private-chat-table.ts';
import { findPersonByAddress } from '../../../src/store/sender-table.ts';
import { findSignUp } from '../../../src/store/sign-up-table.ts';
import type { Store, Transaction } from '../../../src/store/store.ts';
import { everythingKept } from '../../support/everything-kept.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import type { TestStore } from '../../support/test-store.ts';

const HERE = 'join-community-00001';
const NOW = new Date('2026-11-18T09:00:00+08:00');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

forEachStore((open) => {
  let opened: TestStore;
  let store: Store;
  let community: Community;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    community = await store.write(async (tx) => {
      const settings = CommunitySettings.parse({});
      const wrappedKey = opened.vault.newCommunityKey(HERE);
      const named = { id: HERE, name: '南门社区', plan: 'changji-2021', locale: 'zh-CN', isSample: false };
      await insertCommunity(tx, { ...named, settings, wrappedKey, now: NOW });
      const made = await findCommunity(tx, HERE);
      if (made === null) throw new Error('no community');
      return made;
    });
  });
  afterEach(() => opened.close());

  interface Known {
    readonly person: Person;
    readonly chat: Chat;
  }

  async function know(channel: ChannelName, address: string): Promise<Known> {
    return store.write(async (tx) => {
      const from = { channel, account: 'account', address };
      const person = await insertPerson(tx, { communityId: HERE, from, now: NOW });
      const chat = await insertChat(tx, {
        ...from,
        communityId: HERE,
        kind: 'direct',
        title: null,
        areaId: null,
        personId: person.id,
        now: NOW,
      });
      return { person, chat };
    });
  }

  const pledge = (tx: Transaction, { person }: Known, room: string, habits: readonly string[], now: Date) =>
    makePledge(
      tx,
      community,
      { personId: person.id, staffId: null },
      { door: { building: '3', unit: '2', ...(room === '' ? {} : { room }) }, areaId: null, habits, people: 3 },
      now,
    );
  const join = (asked: Known, sent: Known, now = later(60)) =>
    store.write((tx) => joinPeople(tx, { joiners: RECORD_JOINERS }, asked.person.id, sent.person, community, now));

  async function households(): Promise<number> {
    const scope = { plan: 'changji-2021', period: '2026' };
    const counts = await store.read((tx) => readCounters(tx, HERE, counterName('pledge.households', scope)));
    return counts.reduce((sum, { value }) => sum + Number(value), 0);
  }

  async function shiftOf(capacity: number): Promise<string> {
    return store.write(async (tx) => {
      const at = (time: string) => new Date(`2026-11-21T${time}:00+08:00`);
      const shifts = [{ startsAt: at('09:00'), endsAt: at('11:00'), capacity }];
      const draft = { title: '植树', place: '南门', details: '', risk: '', insured: false, shifts };
      await createActivity(tx, draft, { community, staffId: null, now: NOW });
      const [shift] = await listShiftsFrom(tx, HERE, NOW, 1);
      if (shift === undefined) throw new Error('no shift');
      return shift.id;
    });
  }

  const signUp = ({ person, chat }: Known, shiftId: string, party: number, name?: string) =>
    store.write((tx) =>
      joinShift(
        tx,
        { community, shiftId, personId: person.id, chatId: chat.id, source: 'chat', party, name },
        later(party),
      ),
    );
  const counts = async (shiftId: string) => {
    const shifts = await store.read((tx) => listShiftsFrom(tx, HERE, NOW, 5));
    const shift = shifts.find(({ id }) => id === shiftId);
    return { taken: shift?.taken, waiting: shift?.waiting };
  };

  describe('one household', () => {
    it('of somebody who pledged and somebody who did not is the one there is, from either side', async () => {
      for (const asksFirst of [true, false]) {
        const [web, phone] = [await know('web', `w${asksFirst}`), await know('telegram', `t${asksFirst}`)];
        await store.write((tx) => pledge(tx, web, `50${asksFirst ? 1 : 2}`, ['clean-plate'], NOW));
        await (asksFirst ? join(web, phone) : join(phone, web));
        const from = { channel: 'telegram', account: 'account', address: `t${asksFirst}` } as const;
        const who = await store.read((tx) => findPersonByAddress(tx, from, HERE));
        expect(who?.id).toBe(web.person.id);
        const home = await store.read((tx) => findHouseholdOfPerson(tx, who?.id ?? ''));
        expect(home?.door.room).toBe(asksFirst ? '501' : '502');
      }
      expect(await households()).toBe(2);
    });

    it('that both told is counted once, with who told it first as its member', async () => {
      const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
      await store.write((tx) => pledge(tx, web, '501', ['clean-plate'], NOW));
      await store.write((tx) => pledge(tx, phone, '501', ['sort-waste'], later(5)));
      const home = await store.read((tx) => findHouseholdOfPerson(tx, web.person.id));
      expect(await join(phone, web)).toMatchObject({ notes: [] });
      const members = await store.read((tx) => listMemberIds(tx, home?.id ?? ''));
      expect(members).toEqual([web.person.id]);
      expect(await households()).toBe(1);
      const made = await store.read((tx) => findPledge(tx, home?.id ?? '', { plan: 'changji-2021', period: '2026' }));
      const history = await store.read((tx) => listPledgeChanges(tx, made?.id ?? ''));
      expect(history.map(({ personId }) => personId)).toEqual([web.person.id, web.person.id]);
    });

    it('is the one told last where they differ, and the other is not counted any more', async () => {
      const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
      await store.write((tx) => pledge(tx, web, '501', ['clean-plate'], NOW));
      await store.write((tx) => pledge(tx, phone, '301', ['sort-waste'], later(5)));
      expect(await households()).toBe(2);
      expect((await join(web, phone))?.notes.map(({ key }) => key)).toEqual(['binding.door-later-wins']);
      const home = await store.read((tx) => findHouseholdOfPerson(tx, phone.person.id));
      expect(home?.door.room).toBe('301');
      expect(await households()).toBe(1);
      expect(await store.read((tx) => findPerson(tx, HERE, web.person.id))).toBeNull();
    });

    it('of another member stays theirs', async () => {
      const [web, phone, other] = [await know('web', 'w'), await know('telegram', 't'), await know('web', 'o')];
      await store.write((tx) => pledge(tx, web, '501', ['clean-plate'], NOW));
      await store.write((tx) => pledge(tx, other, '501', ['clean-plate'], later(1)));
      await store.write((tx) => pledge(tx, phone, '301', ['sort-waste'], later(5)));
      await join(web, phone);
      expect(await households()).toBe(2);
      expect((await store.read((tx) => findHouseholdOfPerson(tx, other.person.id)))?.door.room).toBe('501');
    });

    it('told without a room is still found by who told it', async () => {
      const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
      await store.write((tx) => pledge(tx, phone, '', ['clean-plate'], NOW));
      await join(web, phone);
      await store.write((tx) => pledge(tx, phone, '', ['sort-waste'], later(90)));
      expect(await households()).toBe(1);
    });
  });

  describe('one sign-up for a shift', () => {
    it('of two takes one place for as many as were told at most, and who waits is asked', async () => {
      const [web, phone, other] = [await know('web', 'w'), await know('telegram', 't'), await know('web', 'o')];
      const shift = await shiftOf(5);
      await signUp(web, shift, 2, '王秀英');
      await signUp(phone, shift, 3);
      await signUp(other, shift, 1);
      expect(await counts(shift)).toEqual({ taken: 5, waiting: 1 });
      const joined = await join(web, phone);
      expect(await counts(shift)).toEqual({ taken: 4, waiting: 0 });
      expect(joined?.effects.messages.map(({ to }) => to)).toEqual([{ chatId: other.chat.id }]);
      expect(joined?.effects.askOthers?.map(({ feature }) => feature)).toEqual(['volunteering']);
      const kept = await store.read((tx) => findSignUp(tx, shift, web.person.id));
      expect(kept).toMatchObject({ state: 'joined', party: 3 });
      const names = await store.read((tx) => everythingKept(tx, HERE));
      expect(names.filter(({ where }) => where === 'sign_up.name_sealed').map(({ text }) => text)).toEqual(['王秀英']);
    });

    it('with a place stands for one that waits', async () => {
      const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
      const shift = await shiftOf(2);
      await signUp(web, shift, 2);
      await signUp(phone, shift, 1);
      expect(await counts(shift)).toEqual({ taken: 2, waiting: 1 });
      await join(phone, web);
      expect(await counts(shift)).toEqual({ taken: 2, waiting: 0 });
      expect(await store.read((tx) => findSignUp(tx, shift, phone.person.id))).toMatchObject({
        state: 'joined',
        party: 2,
      });
    });

    it('of one of them goes along', async () => {
      const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
      const shift = await shiftOf(2);
      await signUp(phone, shift, 1);
      await join(web, phone);
      expect(await counts(shift)).toEqual({ taken: 1, waiting: 0 });
      expect(await store.read((tx) => findSignUp(tx, shift, web.person.id))).toMatchObject({ state: 'joined' });
    });
  });

  it('what they said of themselves is filled up and not overwritten, and a consent holds for both', async () => {
    const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
    await store.write(async (tx) => {
      await savePersonName(tx, web.person, '王秀英');
      await savePersonName(tx, phone.person, '秀英');
      await savePersonPhone(tx, phone.person, '13800138000');
      await recordConsent(tx, phone.person.id, '2026-11', later(3));
    });
    await join(web, phone);
    const stays = await store.read((tx) => findPerson(tx, HERE, web.person.id));
    expect(stays?.consentedAt).toEqual(later(3));
    const data = stays === null ? null : await store.read((tx) => readPersonalData(tx, stays));
    expect(data).toMatchObject({ name: '王秀英', phone: '13800138000' });
  });

  it('an open question stays open and can still be opened', async () => {
    const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
    const asked = { feature: 'pledges', step: 'confirm', version: 1, question: null };
    const key = { chatId: phone.chat.id, communityId: HERE };
    await store.write((tx) =>
      saveConversation(
        tx,
        { ...key, personId: phone.person.id },
        { ...asked, answers: { room: '501' }, expiresAt: later(999) },
      ),
    );
    await join(web, phone);
    const found = await store.read((tx) => findConversation(tx, { ...key, personId: web.person.id }, later(61)));
    expect(found?.answers()).toEqual({ room: '501' });
  });

  it('a notice both have read is read once, and a question both asked is answered to both chats', async () => {
    const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
    const noticeId = await store.write(async (tx) => {
      const notice = await insertNotice(tx, {
        communityId: HERE,
        text: '停水',
        urgentReason: null,
        asksReceipt: true,
        chatIds: [],
        createdBy: null,
        now: NOW,
      });
      await insertReceipt(tx, { noticeId: notice.id, personId: web.person.id, now: NOW });
      await insertReceipt(tx, { noticeId: notice.id, personId: phone.person.id, now: NOW });
      const { taskId } = await openTaskOnce(tx, {
        communityId: HERE,
        kind: 'unknown-waste',
        subjectId: 'thing',
        text: '怪东西',
        now: NOW,
      });
      for (const { person, chat } of [web, phone])
        await insertAsker(tx, taskId, { personId: person.id, chatId: chat.id }, NOW);
      return notice.id;
    });
    expect(await store.read((tx) => countReceipts(tx, noticeId))).toBe(2);
    await join(web, phone);
    expect(await store.read((tx) => countReceipts(tx, noticeId))).toBe(1);
    const askers = await store.read(({ db }) => db.selectFrom('task_asker').selectAll().execute());
    expect(askers.map(({ person_id, chat_id }) => [person_id, chat_id]).toSorted()).toEqual(
      [web, phone].map(({ chat }) => [web.person.id, chat.id]).toSorted(),
    );
  });

  it('nothing is left under the id that went, and erasing takes everything of both', async () => {
    const content = await shippedContent();
    const [web, phone] = [await know('web', 'address-of-web'), await know('telegram', 'address-of-phone')];
    const shift = await shiftOf(5);
    await store.write((tx) => pledge(tx, web, '1707', ['clean-plate'], NOW));
    await store.write((tx) => savePersonName(tx, phone.person, '王秀英'));
    await signUp(web, shift, 2, '王大姐');
    await signUp(phone, shift, 2, '王大妈');
    await join(web, phone);
    const ofGone = (await store.read((tx) => everythingKept(tx, HERE))).filter(({ text }) =>
      text.includes(phone.person.id),
    );
    expect(ofGone.map(({ where }) => where)).toEqual(['former_person.id']);
    expect(await store.read((tx) => listFormerIds(tx, web.person.id))).toEqual([phone.person.id]);
    expect((await store.read((tx) => findPrivateChat(tx, web.person.id)))?.id).toBeDefined();
    const keepers = recordKeepers({ content: () => content, render: content.texts.render });
    const told = await store.read((tx) =>
      Promise.all(keepers.map((each) => each.describe?.(tx, web.person, community, later(65)) ?? [])),
    );
    expect(told.flat().find(({ key }) => key === 'binding.kept-chats')?.variables).toEqual({
      channels: 'Telegram、网页',
    });
    await store.write((tx) => eraseEverywhere(tx, keepers, web.person, null, later(70)));
    const left = await store.read((tx) => everythingKept(tx, HERE));
    const words = ['1707', '王秀英', '王大姐', '王大妈', phone.person.id];
    expect(left.filter(({ text }) => words.some((word) => text.includes(word)))).toEqual([]);
    const addresses = left.filter(({ where }) => where === 'person_address.address');
    expect(addresses).toEqual([]);
    expect(await counts(shift)).toEqual({ taken: 0, waiting: 0 });
    expect(await households()).toBe(0);
  });

  it('is done once where both codes are sent at the same moment', async () => {
    const [web, phone] = [await know('web', 'w'), await know('telegram', 't')];
    const shift = await shiftOf(9);
    await signUp(web, shift, 2);
    await signUp(phone, shift, 2);
    const results = await Promise.all([join(web, phone), join(phone, web)]);
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await counts(shift)).toEqual({ taken: 2, waiting: 0 });
    const people = await store.read(({ db }) => db.selectFrom('person').select('id').execute());
    expect(people).toHaveLength(1);
  });
});
