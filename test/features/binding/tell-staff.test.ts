/** What needs the staff is told once in the chats they have bound, and once when it is over. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellStaff, tellStaffItIsOver } from '../../../src/features/binding/tell-staff.ts';
import { type Community, CommunitySettings } from '../../../src/model/community.ts';
import type { Role } from '../../../src/model/records.ts';
import { insertChat, updateChat } from '../../../src/store/chat-table.ts';
import { findCommunity, insertCommunity } from '../../../src/store/community-table.ts';
import { bindStaffChat, findStaffOfChat, unbindStaffChat } from '../../../src/store/staff-chat-table.ts';
import { insertStaff, updateStaff } from '../../../src/store/staff-table.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import type { TestStore } from '../../support/test-store.ts';

const HERE = 'staff-community-0001';
const MORNING = new Date('2026-11-18T09:00:00+08:00');
const NIGHT = new Date('2026-11-18T23:00:00+08:00');
const DOWN = { about: 'channel|wecom|bot', said: { key: 'channel.offline', variables: {} } };

forEachStore((open) => {
  let opened: TestStore;
  let community: Community;

  beforeEach(async () => {
    opened = await open();
    community = await opened.store.write(async (tx) => {
      const settings = CommunitySettings.parse({});
      const wrappedKey = opened.vault.newCommunityKey(HERE);
      const named = { id: HERE, name: '南门社区', plan: 'changji-2021', locale: 'zh-CN', isSample: false };
      await insertCommunity(tx, { ...named, settings, wrappedKey, now: MORNING });
      const made = await findCommunity(tx, HERE);
      if (made === null) throw new Error('no community');
      return made;
    });
  });
  afterEach(() => opened.close());

  async function bound(login: string, role: Role) {
    return opened.store.write(async (tx) => {
      const named = { communityId: HERE, login, displayName: login, role, passwordIsInitial: false };
      const staff = await insertStaff(tx, { ...named, passwordHash: 'none', now: MORNING });
      if (staff === null) throw new Error('taken');
      const place = { communityId: HERE, channel: 'wecom', account: 'bot', address: login, kind: 'direct' } as const;
      const chat = await insertChat(tx, { ...place, title: null, areaId: null, personId: null, now: MORNING });
      await bindStaffChat(tx, chat.id, staff.id, MORNING);
      return { staff, chatId: chat.id };
    });
  }
  const tell = (now = MORNING, isUrgent = false) =>
    opened.store.write((tx) => tellStaff(tx, community, { ...DOWN, now, isUrgent }));
  const tellOver = (now = MORNING) => opened.store.write((tx) => tellStaffItIsOver(tx, community, { ...DOWN, now }));

  it('reaches workers and admins whose account and chat are open, however many processes look', async () => {
    const [worker, admin] = [await bound('worker', 'worker'), await bound('admin', 'admin')];
    await bound('viewer', 'viewer');
    const gone = await bound('gone', 'worker');
    await opened.store.write((tx) => updateChat(tx, gone.chatId, { state: 'gone' }));
    const closed = await bound('closed', 'worker');
    await opened.store.write((tx) => updateStaff(tx, { ...closed.staff, disabledAt: MORNING }));
    const told = (await Promise.all([tell(), tell(), tell()])).flat();
    const chats = told.map(({ to }) => (typeof to === 'object' && 'chatId' in to ? to.chatId : ''));
    expect(chats.toSorted()).toEqual([worker.chatId, admin.chatId].toSorted());
  });

  it('is told again only after it was over, and its end only where it was told', async () => {
    await bound('worker', 'worker');
    expect(await tellOver()).toEqual([]);
    expect(await tell()).toHaveLength(1);
    expect(await tell()).toEqual([]);
    expect(await tellOver()).toHaveLength(1);
    expect(await tellOver()).toEqual([]);
    expect(await tell()).toHaveLength(1);
  });

  it('waits for the morning unless it cannot', async () => {
    await bound('worker', 'worker');
    const [waiting] = await tell(NIGHT);
    expect(waiting).toMatchObject({ runAt: new Date('2026-11-19T08:30:00+08:00'), urgent: false });
    await tellOver(NIGHT);
    expect((await tell(NIGHT, true))[0]).toMatchObject({ runAt: NIGHT, urgent: true });
  });

  it('is kept for later where nobody has bound a chat', async () => {
    expect(await tell()).toEqual([]);
    await bound('worker', 'worker');
    expect(await tell()).toHaveLength(1);
  });

  it('a chat belongs to who bound it last, and to nobody once it is let go of or the account is closed', async () => {
    const [one, other] = [await bound('one', 'worker'), await bound('other', 'worker')];
    await opened.store.write((tx) => bindStaffChat(tx, one.chatId, other.staff.id, MORNING));
    const whose = () => opened.store.read((tx) => findStaffOfChat(tx, HERE, one.chatId));
    expect((await whose())?.login).toBe('other');
    expect(await opened.store.write((tx) => unbindStaffChat(tx, one.chatId, one.staff.id))).toBe(false);
    await opened.store.write((tx) => updateStaff(tx, { ...other.staff, disabledAt: MORNING }));
    expect(await whose()).toBeNull();
    expect(await opened.store.read((tx) => findStaffOfChat(tx, 'elsewhere', other.chatId))).toBeNull();
  });
});
