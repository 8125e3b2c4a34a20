/** Accounts, sessions and the setup code, on every database. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommunitySettings } from '../../src/model/community.ts';
import type { Role } from '../../src/model/records.ts';
import { insertCommunity } from '../../src/store/community-table.ts';
import {
  deleteSession,
  deleteSessionsBefore,
  deleteSessionsOf,
  findSession,
  insertSession,
  listSessions,
  touchSession,
} from '../../src/store/staff-session-table.ts';
import {
  findLogin,
  findStaff,
  insertStaff,
  isAnyStaff,
  listStaff,
  lockActiveAdmins,
  moveStaff,
  putSetupCode,
  readSetupCode,
  setPassword,
  takeSetupCode,
  updateStaff,
} from '../../src/store/staff-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import { forEachStore } from '../support/for-each-store.ts';
import type { TestStore } from '../support/test-store.ts';

const NOW = new Date('2026-11-18T09:00:00+08:00');
const LATER = new Date('2026-11-18T10:00:00+08:00');

forEachStore((open) => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await open();
    await opened.store.write(async (tx) => {
      for (const id of ['here', 'there']) await community(tx, id);
    });
  });
  afterEach(() => opened.close());

  async function community(tx: Transaction, id: string) {
    const settings = CommunitySettings.parse({});
    const wrappedKey = opened.vault.newCommunityKey(id);
    await insertCommunity(tx, {
      id,
      name: id,
      plan: 'p',
      locale: 'zh-CN',
      isSample: false,
      settings,
      wrappedKey,
      now: NOW,
    });
  }

  function add(login: string, role: Role = 'worker', communityId = 'here') {
    const named = {
      communityId,
      login,
      displayName: login,
      role,
      passwordIsInitial: false,
      passwordHash: `hash of ${login}`,
    };
    return opened.store.write((tx) => insertStaff(tx, { ...named, now: NOW }));
  }

  async function added(login: string, role?: Role, communityId?: string) {
    const staff = await add(login, role, communityId);
    if (staff === null) throw new Error(`${login} is there already`);
    return staff;
  }

  it('finds an account however its login is typed', async () => {
    const staff = await added('LiMing');
    expect(await opened.store.read((tx) => findLogin(tx, ' ｌｉｍｉｎｇ '))).toEqual({
      staff,
      passwordHash: 'hash of LiMing',
    });
    expect(await opened.store.read((tx) => findLogin(tx, 'nobody'))).toBeNull();
  });

  it('gives a login to one person in the whole bot', async () => {
    const results = await Promise.all([add('li'), add('LI'), add('li', 'worker', 'there')]);
    expect(results.filter((staff) => staff !== null)).toHaveLength(1);
  });

  it('knows staff of its own community only', async () => {
    const mine = await added('mine');
    const theirs = await added('theirs', 'admin', 'there');
    expect(await opened.store.read((tx) => findStaff(tx, 'here', theirs.id))).toBeNull();
    expect(await opened.store.read((tx) => listStaff(tx, 'here'))).toEqual([mine]);
    await opened.store.write((tx) => updateStaff(tx, { ...theirs, communityId: 'here', role: 'viewer' }));
    await opened.store.write((tx) =>
      setPassword(tx, { id: theirs.id, communityId: 'here' }, { hash: 'x', isInitial: true }),
    );
    const known = await opened.store.read((tx) => findLogin(tx, 'theirs'));
    expect(known).toEqual({ staff: theirs, passwordHash: 'hash of theirs' });
  });

  it('counts as admins those who can sign in', async () => {
    const one = await added('one', 'admin');
    const two = await added('two', 'admin');
    await added('three', 'worker');
    await opened.store.write((tx) => updateStaff(tx, { ...two, disabledAt: NOW }));
    expect(await opened.store.write((tx) => lockActiveAdmins(tx, 'here'))).toEqual([one.id]);
  });

  it('moves everybody to another community', async () => {
    expect(await opened.store.read(isAnyStaff)).toBe(false);
    const staff = await added('li');
    expect(await opened.store.read(isAnyStaff)).toBe(true);
    await opened.store.write((tx) => moveStaff(tx, 'here', 'there'));
    expect(await opened.store.read((tx) => listStaff(tx, 'there'))).toEqual([{ ...staff, communityId: 'there' }]);
  });

  it('finds a session with its person and ends it only for them', async () => {
    const li = await added('li');
    const wang = await added('wang');
    const session = { tokenHash: 'h1', staffId: li.id, device: 'Edge, Windows', createdAt: NOW, seenAt: NOW };
    await opened.store.write((tx) => insertSession(tx, session));
    await opened.store.write((tx) => touchSession(tx, 'h1', LATER));
    const seen = { ...session, seenAt: LATER };
    expect(await opened.store.read((tx) => findSession(tx, 'h1'))).toEqual({ staff: li, session: seen });
    await opened.store.write((tx) => deleteSession(tx, wang.id, 'h1'));
    expect(await opened.store.read((tx) => listSessions(tx, li.id))).toEqual([seen]);
    await opened.store.write((tx) => deleteSession(tx, li.id, 'h1'));
    expect(await opened.store.read((tx) => findSession(tx, 'h1'))).toBeNull();
  });

  it('ends all sessions but one, and those of days gone by', async () => {
    const li = await added('li');
    const session = { staffId: li.id, device: '', createdAt: NOW, seenAt: NOW };
    await opened.store.write(async (tx) => {
      await insertSession(tx, { ...session, tokenHash: 'old' });
      await insertSession(tx, { ...session, tokenHash: 'kept', createdAt: LATER });
      await insertSession(tx, { ...session, tokenHash: 'other', createdAt: LATER });
    });
    await opened.store.write((tx) => deleteSessionsBefore(tx, LATER));
    expect((await opened.store.read((tx) => listSessions(tx, li.id))).map((one) => one.tokenHash).toSorted()).toEqual([
      'kept',
      'other',
    ]);
    await opened.store.write((tx) => deleteSessionsOf(tx, li.id, 'kept'));
    expect((await opened.store.read((tx) => listSessions(tx, li.id))).map((one) => one.tokenHash)).toEqual(['kept']);
  });

  it('lets one of two use the setup code, and only the newest', async () => {
    await opened.store.write((tx) => putSetupCode(tx, 'first'));
    await opened.store.write((tx) => putSetupCode(tx, 'second'));
    expect(await opened.store.read(readSetupCode)).toBe('second');
    expect(await opened.store.write((tx) => takeSetupCode(tx, 'first'))).toBe(false);
    const both = [
      opened.store.write((tx) => takeSetupCode(tx, 'second')),
      opened.store.write((tx) => takeSetupCode(tx, 'second')),
    ];
    expect((await Promise.all(both)).toSorted()).toEqual([false, true]);
    expect(await opened.store.read(readSetupCode)).toBeNull();
  });
});
