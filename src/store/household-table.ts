/** Households and who belongs to them. A door is sealed; it is found by its hash alone. */
import { sql } from 'kysely';
import type { Household } from '../model/household.ts';
import { HouseholdPlace } from '../model/understanding.ts';
import { prepare } from './prepared.ts';
import type { HouseholdRow } from './rows/people-rows.ts';
import type { Transaction } from './store.ts';

export interface DoorRecord {
  readonly communityId: string;
  readonly areaId: string | null;
  readonly door: HouseholdPlace & { readonly building: string };
  /** The same door always has the same key, however it was said. */
  readonly doorKey: string;
}

/**
 * The household of a door, made where there is none. In either case its row is held until the end of the
 * transaction, so that two members of one door who speak at once come one after the other.
 */
export async function holdHouseholdOfDoor(tx: Transaction, record: DoorRecord, now: Date): Promise<Household> {
  const id = tx.newId();
  const sealer = await tx.sealer(record.communityId);
  const [row] = await tx.run(UPSERT, {
    id,
    community: record.communityId,
    area: record.areaId,
    building: record.door.building,
    door: sealer.seal(JSON.stringify(record.door), id, DOOR),
    hash: sealer.hash(record.doorKey),
    now: now.getTime(),
  });
  if (row === undefined) throw new Error('an upsert gave no row back');
  return householdOf(tx, row);
}

interface Upsert extends Record<string, string | number | null> {
  id: string;
  community: string;
  area: string | null;
  building: string;
  door: string;
  hash: string;
  now: number;
}

const UPSERT = prepare<Upsert>()((db, value) =>
  db
    .insertInto('household')
    .values({
      id: value('id'),
      community_id: value('community'),
      area_id: value('area'),
      building: value('building'),
      door_sealed: value('door'),
      door_hash: value('hash'),
      created_at: value('now'),
    })
    .onConflict((conflict) =>
      conflict.columns(['community_id', 'door_hash']).doUpdateSet({ building: sql<string>`household.building` }),
    )
    .returningAll(),
);

/** Whoever lives behind a door already; nothing is made or held. */
export async function findHouseholdOfDoor(
  tx: Transaction,
  communityId: string,
  doorKey: string,
): Promise<Household | null> {
  const hash = (await tx.sealer(communityId)).hash(doorKey);
  const [row] = await tx.run(OF_DOOR, { community: communityId, hash });
  return row === undefined ? null : householdOf(tx, row);
}

const OF_DOOR = prepare<{ community: string; hash: string }>()((db, value) =>
  db
    .selectFrom('household')
    .selectAll()
    .where('community_id', '=', value('community'))
    .where('door_hash', '=', value('hash')),
);

/** Holds the row until the end of the transaction; `null` where the household is gone. */
export async function holdHousehold(tx: Transaction, id: string): Promise<Household | null> {
  const [row] = await tx.run(HOLD, { id });
  return row === undefined ? null : householdOf(tx, row);
}

const HOLD = prepare<{ id: string }>()((db, value) =>
  db.updateTable('household').set({ building: sql<string>`building` }).where('id', '=', value('id')).returningAll(),
);

export async function findHousehold(tx: Transaction, communityId: string, id: string): Promise<Household | null> {
  const row = await tx.db
    .selectFrom('household')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : householdOf(tx, row);
}

export async function findHouseholdOfPerson(tx: Transaction, personId: string): Promise<Household | null> {
  const [row] = await tx.run(OF_PERSON, { person: personId });
  return row === undefined ? null : householdOf(tx, row);
}

const OF_PERSON = prepare<{ person: string }>()((db, value) =>
  db
    .selectFrom('household')
    .innerJoin('household_member', 'household_member.household_id', 'household.id')
    .selectAll('household')
    .where('household_member.person_id', '=', value('person')),
);

export interface Membership {
  readonly householdId: string;
  readonly joinedAt: Date;
}

export async function findMembership(tx: Transaction, personId: string): Promise<Membership | null> {
  const row = await tx.db
    .selectFrom('household_member')
    .select(['household_id', 'joined_at'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined ? null : { householdId: row.household_id, joinedAt: new Date(row.joined_at) };
}

export async function updateHouseholdPeople(tx: Transaction, id: string, people: number): Promise<void> {
  await tx.run(SET_PEOPLE, { id, people });
}

const SET_PEOPLE = prepare<{ id: string; people: number }>()((db, value) =>
  db
    .updateTable('household')
    .set({ people: value('people') })
    .where('id', '=', value('id')),
);

/** Its pledges, their history and its check-ins go with it. */
export async function deleteHousehold(tx: Transaction, id: string): Promise<void> {
  await tx.run(DELETE, { id });
}

const DELETE = prepare<{ id: string }>()((db, value) => db.deleteFrom('household').where('id', '=', value('id')));

/** A person belongs to one household; the caller ends an earlier membership first. */
/** Throws where the person belongs to another household: leaving it comes first. */
export async function insertMember(tx: Transaction, personId: string, householdId: string, now: Date): Promise<void> {
  const [kept] = await tx.run(INSERT_MEMBER, { person: personId, household: householdId, now: now.getTime() });
  if (kept === undefined) throw new Error('this person belongs to another household');
}

const INSERT_MEMBER = prepare<{ person: string; household: string; now: number }>()((db, value) =>
  db
    .insertInto('household_member')
    .values({ person_id: value('person'), household_id: value('household'), joined_at: value('now') })
    .onConflict((conflict) =>
      conflict
        .column('person_id')
        .doUpdateSet((set) => ({ joined_at: set.ref('household_member.joined_at') }))
        .whereRef('household_member.household_id', '=', 'excluded.household_id'),
    )
    .returning('person_id'),
);

export async function deleteMember(tx: Transaction, personId: string): Promise<void> {
  await tx.run(DELETE_MEMBER, { person: personId });
}

const DELETE_MEMBER = prepare<{ person: string }>()((db, value) =>
  db.deleteFrom('household_member').where('person_id', '=', value('person')),
);

export async function countMembers(tx: Transaction, householdId: string): Promise<number> {
  const [row] = await tx.run(COUNT_MEMBERS, { household: householdId });
  return Number(row?.members ?? 0);
}

const COUNT_MEMBERS = prepare<{ household: string }>()((db, value) =>
  db
    .selectFrom('household_member')
    .select((select) => select.fn.countAll<number>().as('members'))
    .where('household_id', '=', value('household')),
);

/** In the order they joined. */
export async function listMemberIds(tx: Transaction, householdId: string): Promise<string[]> {
  return (await listMembers(tx, householdId)).map(({ personId }) => personId);
}

export interface Member {
  readonly personId: string;
  readonly joinedAt: Date;
}

/** In the order they joined. */
export async function listMembers(tx: Transaction, householdId: string): Promise<Member[]> {
  const rows = await tx.run(MEMBERS, { household: householdId });
  return rows.map((row) => ({ personId: row.person_id, joinedAt: new Date(row.joined_at) }));
}

/** When a member joined and when the household first pledged; `null` for somebody who is no member. */
export async function findJoining(
  tx: Transaction,
  householdId: string,
  personId: string,
): Promise<{ readonly joinedAt: Date; readonly firstPledgeAt: Date | null } | null> {
  const [row] = await tx.run(JOINING, { household: householdId, person: personId });
  if (row === undefined) return null;
  return {
    joinedAt: new Date(row.joined_at),
    firstPledgeAt: row.first_pledge_at === null ? null : new Date(row.first_pledge_at),
  };
}

const JOINING = prepare<{ household: string; person: string }>()((db, value) =>
  db
    .selectFrom('household_member')
    .select((select) => [
      'joined_at',
      select
        .selectFrom('pledge')
        .select((of) => of.fn.min('pledge.made_at').as('at'))
        .whereRef('pledge.household_id', '=', 'household_member.household_id')
        .as('first_pledge_at'),
    ])
    .where('person_id', '=', value('person'))
    .where('household_id', '=', value('household')),
);

const MEMBERS = prepare<{ household: string }>()((db, value) =>
  db
    .selectFrom('household_member')
    .select(['person_id', 'joined_at'])
    .where('household_id', '=', value('household'))
    .orderBy('joined_at')
    .orderBy('person_id'),
);

/** Households of a building by its number, in order, from after `afterId` on. */
export async function listHouseholdsOfBuilding(
  tx: Transaction,
  communityId: string,
  building: string,
  page: { readonly afterId: string; readonly limit: number },
): Promise<Household[]> {
  const rows = await tx.db
    .selectFrom('household')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('building', '=', building)
    .where('id', '>', page.afterId)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return Promise.all(rows.map((row) => householdOf(tx, row)));
}

/** More is known of where it is. False where another household has that door already: nothing is changed then. */
export async function relocateHousehold(tx: Transaction, id: string, record: DoorRecord): Promise<boolean> {
  const sealer = await tx.sealer(record.communityId);
  const hash = sealer.hash(record.doorKey);
  const changed = await tx.db
    .updateTable('household')
    .set({ area_id: record.areaId, door_sealed: sealer.seal(JSON.stringify(record.door), id, DOOR), door_hash: hash })
    .where('id', '=', id)
    .where((where) =>
      where.not(
        where.exists(
          tx.db
            .selectFrom('household as other')
            .select('other.id')
            .where('other.community_id', '=', record.communityId)
            .where('other.door_hash', '=', hash)
            .where('other.id', '!=', id),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** As the tree of areas has them, for whoever said another. */
export async function listBuildingNames(tx: Transaction, communityId: string): Promise<string[]> {
  const rows = await tx.run(BUILDING_NAMES, { community: communityId });
  return rows.map(({ name }) => name);
}

const BUILDING_NAMES = prepare<{ community: string }>()((db, value) =>
  db
    .selectFrom('area')
    .select('name')
    .distinct()
    .where('community_id', '=', value('community'))
    .where('kind', '=', 'building'),
);

/** What the place of a building depends on: the compounds there are and the buildings of this number. */
export interface KnownPlaces {
  readonly compounds: readonly { readonly id: string; readonly name: string }[];
  readonly buildings: readonly { readonly id: string; readonly compoundId: string | null }[];
}

export async function findKnownPlaces(tx: Transaction, communityId: string, building: string): Promise<KnownPlaces> {
  const rows = await tx.run(PLACES, { community: communityId, building });
  return {
    compounds: rows.filter((row) => row.kind === 'compound').map(({ id, name }) => ({ id, name })),
    buildings: rows.filter((row) => row.kind === 'building').map((row) => ({ id: row.id, compoundId: row.parent_id })),
  };
}

const PLACES = prepare<{ community: string; building: string }>()((db, value) =>
  db
    .selectFrom('area')
    .select(['id', 'kind', 'name', 'parent_id'])
    .where('community_id', '=', value('community'))
    .where((where) =>
      where.or([
        where('kind', '=', 'compound'),
        where.and([where('kind', '=', 'building'), where('name', '=', value('building'))]),
      ]),
    )
    .orderBy('id'),
);

export async function householdOf(tx: Transaction, row: HouseholdRow): Promise<Household> {
  const sealer = await tx.sealer(row.community_id);
  let door: HouseholdPlace | undefined;
  return {
    id: row.id,
    communityId: row.community_id,
    areaId: row.area_id,
    building: row.building,
    /** Opened where somebody asks for it: most of what members say is not about where they live. */
    get door() {
      door ??= HouseholdPlace.parse(JSON.parse(sealer.open(row.door_sealed, row.id, DOOR)));
      return door;
    },
    people: row.people,
    createdAt: new Date(row.created_at),
  };
}

const DOOR = 'household.door';
