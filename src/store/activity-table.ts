/** Activities and their shifts; how many places of a shift are taken is counted where it is decided, in its row. */
import type { Selectable } from 'kysely';
import type { Activity, ReminderStage, Shift } from '../model/activity.ts';
import type { ActivityState } from '../model/records.ts';
import { prepare } from './prepared.ts';
import type { ActivityRow, ShiftRow } from './rows/activity-rows.ts';
import type { Transaction } from './store.ts';

export type NewActivity = Omit<Activity, 'id' | 'createdAt'> & {
  readonly createdBy: string | null;
  readonly now: Date;
};

export async function insertActivity(tx: Transaction, activity: NewActivity): Promise<Activity> {
  const { createdBy, now, ...kept } = activity;
  const record: Activity = { ...kept, id: tx.newId(), createdAt: now };
  await tx.db
    .insertInto('activity')
    .values({
      id: record.id,
      community_id: record.communityId,
      ...activityColumns(record),
      created_by: createdBy,
      created_at: now.getTime(),
    })
    .execute();
  return record;
}

export async function updateActivity(tx: Transaction, activity: Activity): Promise<void> {
  await tx.db
    .updateTable('activity')
    .set(activityColumns(activity))
    .where('id', '=', activity.id)
    .where('community_id', '=', activity.communityId)
    .execute();
}

export async function findActivity(tx: Transaction, communityId: string, id: string): Promise<Activity | null> {
  const row = await tx.db
    .selectFrom('activity')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : activityOf(row);
}

export type ShiftPlan = Pick<Shift, 'startsAt' | 'endsAt' | 'capacity'>;

export async function insertShift(tx: Transaction, activity: Activity, plan: ShiftPlan): Promise<Shift> {
  const record: Shift = {
    ...plan,
    id: tx.newId(),
    activityId: activity.id,
    communityId: activity.communityId,
    title: activity.title,
    place: activity.place,
    taken: 0,
    waiting: 0,
    state: activity.state,
    reminded: 'none',
  };
  await tx.db
    .insertInto('shift')
    .values({
      id: record.id,
      activity_id: activity.id,
      community_id: activity.communityId,
      ...planColumns(plan),
      taken: 0,
      waiting: 0,
      state: activity.state,
      reminded: 'none',
    })
    .execute();
  return record;
}

/** The capacity must not be below what is taken: see `lockShift`. */
export async function updateShiftPlan(tx: Transaction, shift: Shift): Promise<void> {
  await tx.db
    .updateTable('shift')
    .set({ ...planColumns(shift), reminded: shift.reminded })
    .where('id', '=', shift.id)
    .execute();
}

export async function setShiftState(tx: Transaction, shiftId: string, state: ActivityState): Promise<void> {
  await tx.db.updateTable('shift').set({ state }).where('id', '=', shiftId).execute();
}

export async function deleteShift(tx: Transaction, shiftId: string): Promise<void> {
  await tx.db.deleteFrom('shift').where('id', '=', shiftId).execute();
}

/**
 * The shift as it is now, kept from everybody else until this transaction ends: whoever asks for its last place
 * at the same moment waits here and then sees it taken.
 */
export async function lockShift(tx: Transaction, communityId: string, id: string): Promise<Shift | null> {
  await tx.run(LOCK, { id });
  return findShift(tx, communityId, id);
}

const LOCK = prepare<{ id: string }>()((db, value) =>
  db
    .updateTable('shift')
    .set((eb) => ({ taken: eb.ref('taken') }))
    .where('id', '=', value('id')),
);

export async function findShift(tx: Transaction, communityId: string, id: string): Promise<Shift | null> {
  const [row] = await tx.run(SHIFT_BY_ID, { community: communityId, id });
  return row === undefined ? null : shiftOf(row);
}

const SHIFT_BY_ID = prepare<{ community: string; id: string }>()((db, value) =>
  db
    .selectFrom('shift')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('shift')
    .select(['activity.title', 'activity.place'])
    .where('shift.id', '=', value('id'))
    .where('shift.community_id', '=', value('community')),
);

/** Adds to the counts; false, and nothing changed, where the places do not suffice. */
export async function moveCounts(
  tx: Transaction,
  shiftId: string,
  by: { readonly taken: number; readonly waiting: number },
): Promise<boolean> {
  const rows = await tx.run(MOVE_COUNTS, { id: shiftId, taken: by.taken, waiting: by.waiting });
  return rows.length > 0;
}

const MOVE_COUNTS = prepare<{ id: string; taken: number; waiting: number }>()((db, value) =>
  db
    .updateTable('shift')
    .set((eb) => ({
      taken: eb('taken', '+', value('taken')),
      waiting: eb('waiting', '+', value('waiting')),
    }))
    .where('id', '=', value('id'))
    .where((eb) => eb.or([eb('capacity', 'is', null), eb(eb('taken', '+', value('taken')), '<=', eb.ref('capacity'))]))
    .returning('id'),
);

/** In the order they begin, cancelled ones too; those that began before `from` are left out. */
export async function listShiftsFrom(
  tx: Transaction,
  communityId: string,
  from: Date,
  limit: number,
): Promise<Shift[]> {
  const rows = await tx.run(SHIFTS_FROM, { community: communityId, from: from.getTime(), limit });
  return rows.map(shiftOf);
}

const SHIFTS_FROM = prepare<{ community: string; from: number; limit: number }>()((db, value) =>
  db
    .selectFrom('shift')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('shift')
    .select(['activity.title', 'activity.place'])
    .where('shift.community_id', '=', value('community'))
    .where('shift.starts_at', '>=', value('from'))
    .orderBy('shift.starts_at')
    .limit(value('limit')),
);

/** The newest first, as a page of what has been. `before` is the start of the last one already shown. */
export async function listShiftsBefore(
  tx: Transaction,
  communityId: string,
  before: Date,
  limit: number,
): Promise<Shift[]> {
  const rows = await tx.db
    .selectFrom('shift')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('shift')
    .select(['activity.title', 'activity.place'])
    .where('shift.community_id', '=', communityId)
    .where('shift.starts_at', '<', before.getTime())
    .orderBy('shift.starts_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(shiftOf);
}

export async function listShiftsOf(tx: Transaction, communityId: string, activityId: string): Promise<Shift[]> {
  const rows = await tx.db
    .selectFrom('shift')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('shift')
    .select(['activity.title', 'activity.place'])
    .where('shift.activity_id', '=', activityId)
    .where('shift.community_id', '=', communityId)
    .orderBy('shift.starts_at')
    .orderBy('shift.id')
    .execute();
  return rows.map(shiftOf);
}

/** What the language reader matches words with: asked for every message, so it is one short query. */
export async function openActivityTitles(tx: Transaction, communityId: string, now: Date): Promise<string[]> {
  const rows = await tx.run(OPEN_TITLES, { community: communityId, now: now.getTime() });
  // Sorting out repeats here takes a tenth of what the database takes for it.
  return [...new Set(rows.map((row) => row.title))];
}

// A community has a handful ahead; more than this only slows the reading of every message.
const MOST_TITLES = 40;

const OPEN_TITLES = prepare<{ community: string; now: number }>()((db, value) =>
  db
    .selectFrom('shift')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .select('activity.title')
    .where('shift.community_id', '=', value('community'))
    .where('shift.starts_at', '>', value('now'))
    .where('shift.state', '=', 'open')
    .limit(MOST_TITLES),
);

/** True for the one who comes first: a reminder goes out once, whoever's clock ticks. */
export async function markReminded(tx: Transaction, shift: Shift, stage: ReminderStage): Promise<boolean> {
  const row = await tx.db
    .updateTable('shift')
    .set({ reminded: stage })
    .where('id', '=', shift.id)
    .where('reminded', '=', shift.reminded)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

function activityColumns(activity: Activity) {
  const { title, place, details, risk, insured, state } = activity;
  return { title, place, details, risk, insured: insured ? 1 : 0, state };
}

function planColumns({ startsAt, endsAt, capacity }: ShiftPlan) {
  return { starts_at: startsAt.getTime(), ends_at: endsAt.getTime(), capacity };
}

function activityOf(row: Selectable<ActivityRow>): Activity {
  return {
    id: row.id,
    communityId: row.community_id,
    title: row.title,
    place: row.place,
    details: row.details,
    risk: row.risk,
    insured: row.insured === 1,
    state: row.state,
    createdAt: new Date(row.created_at),
  };
}

export type ShiftView = Selectable<ShiftRow> & { readonly title: string; readonly place: string };

export function shiftOf(row: ShiftView): Shift {
  return {
    id: row.id,
    activityId: row.activity_id,
    communityId: row.community_id,
    title: row.title,
    place: row.place,
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    state: row.state,
    reminded: row.reminded,
  };
}
