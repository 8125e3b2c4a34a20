/** A community with buildings and people to pledge in it, on a fresh store. */

import { resolveDoor } from '../../../src/features/pledges/household-service.ts';
import { makePledge } from '../../../src/features/pledges/pledges-service.ts';
import type { Person } from '../../../src/model/chat.ts';
import type { Community } from '../../../src/model/community.ts';
import { CommunitySettings } from '../../../src/model/community.ts';
import type { HouseholdPlace } from '../../../src/model/understanding.ts';
import { insertPerson } from '../../../src/store/chat-table.ts';
import { findCommunity, insertArea, insertCommunity } from '../../../src/store/community-table.ts';
import { WHOLE_COMMUNITY } from '../../../src/store/counter-table.ts';
import { householdOf } from '../../../src/store/household-table.ts';
import type { Store, Transaction } from '../../../src/store/store.ts';
import { type OpenTestStore, openTestStore } from '../../support/test-store.ts';

export const NOW = new Date('2026-11-18T09:00:00+08:00');
const COMMUNITY_ID = 'community-under-test';

export interface PledgeStage {
  readonly store: Store;
  readonly community: Community;
  readonly folder: string;
  /** Area ids by building number. */
  readonly buildings: Readonly<Record<string, string>>;
  person(name: string): Promise<Person>;
  close(): Promise<void>;
}

export async function openPledgeStage(open: OpenTestStore = openTestStore): Promise<PledgeStage> {
  const { store, vault, folder, close } = await open();
  const { community, buildings } = await store.write(async (tx) => {
    await insertCommunity(tx, {
      id: COMMUNITY_ID,
      name: '南门社区',
      plan: 'changji-2021',
      locale: 'zh-CN',
      isSample: false,
      settings: CommunitySettings.parse({}),
      wrappedKey: vault.newCommunityKey(COMMUNITY_ID),
      now: NOW,
    });
    const made: Record<string, string> = {};
    for (const name of ['1', '2', '3']) {
      const households = { count: 10, source: '台账', countedOn: '2026-11-01' };
      const area = { communityId: COMMUNITY_ID, parentId: null, kind: 'building', name, households } as const;
      made[name] = (await insertArea(tx, area)).id;
    }
    const found = await findCommunity(tx, COMMUNITY_ID);
    if (found === null) throw new Error('the community was not kept');
    return { community: found, buildings: made };
  });
  const person = (name: string) =>
    store.write((tx) => {
      const from = { channel: 'web', account: COMMUNITY_ID, address: name } as const;
      return insertPerson(tx, { communityId: COMMUNITY_ID, from, now: NOW });
    });
  return { store, community, folder, buildings, person, close };
}

export async function pledgeAt(
  tx: Transaction,
  community: Community,
  personId: string | null,
  place: HouseholdPlace,
  habits: readonly string[],
  { people, now = NOW }: { people?: number; now?: Date } = {},
) {
  const door = await resolveDoor(tx, community.id, place);
  if (!door.ok) throw new Error(door.why);
  return makePledge(tx, community, { personId, staffId: null }, { ...door, habits, people }, now);
}

/** What the counters must say, counted anew from the records: `area|name` to value, zeros left out. */
export async function recount(store: Store): Promise<Record<string, number>> {
  return store.read(async (tx) => {
    const rows = await tx.db
      .selectFrom('pledge')
      .innerJoin('household', 'household.id', 'pledge.household_id')
      .selectAll('household')
      .select(['plan', 'period', 'habits'])
      .where('state', '=', 'standing')
      .execute();
    const counts: Record<string, number> = {};
    for (const row of rows) {
      const { door } = await householdOf(tx, row);
      const isOutside = row.area_id === null || door.room === undefined;
      for (const area of row.area_id === null ? [WHOLE_COMMUNITY] : [WHOLE_COMMUNITY, row.area_id]) {
        const add = (name: string, by: number) => {
          const key = `${area}|${name}@${row.plan}/${row.period}`;
          if (by !== 0) counts[key] = (counts[key] ?? 0) + by;
        };
        add('pledge.households', 1);
        add('pledge.outside', isOutside ? 1 : 0);
        add('pledge.people', row.people ?? 0);
        for (const habit of JSON.parse(row.habits)) add(`habit.${habit}`, 1);
      }
    }
    return counts;
  });
}

export async function counters(store: Store): Promise<Record<string, number>> {
  const rows = await store.read((tx) =>
    tx.db.selectFrom('counter').select(['area_id', 'name', 'value']).where('value', '!=', 0).execute(),
  );
  return Object.fromEntries(rows.map((row) => [`${row.area_id}|${row.name}`, Number(row.value)]));
}
