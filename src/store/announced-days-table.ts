/** Days of the calendar whose date a worker has entered for a year. */
import type { AnnouncedDays } from '../model/calendar-event.ts';
import type { Transaction } from './store.ts';

export interface NewAnnouncedDays extends AnnouncedDays {
  readonly communityId: string;
  /** Where the worker has it from, e.g. the number of the official notice. */
  readonly source: string;
  readonly staffId: string | null;
}

/** A date entered again replaces the one before: announcements are moved. */
export async function putAnnouncedDays(tx: Transaction, days: NewAnnouncedDays): Promise<void> {
  const value = { first_day: days.from, last_day: days.to, source: days.source, staff_id: days.staffId };
  await tx.db
    .insertInto('announced_days')
    .values({ community_id: days.communityId, event_id: days.eventId, year: days.year, ...value })
    .onConflict((conflict) => conflict.columns(['community_id', 'event_id', 'year']).doUpdateSet(value))
    .execute();
}

export async function listAnnouncedDays(
  tx: Transaction,
  communityId: string,
  sinceYear: number,
): Promise<AnnouncedDays[]> {
  const rows = await tx.db
    .selectFrom('announced_days')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('year', '>=', sinceYear)
    .orderBy('first_day')
    .execute();
  return rows.map((row) => ({ eventId: row.event_id, year: row.year, from: row.first_day, to: row.last_day }));
}
