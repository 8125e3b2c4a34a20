/** What each community has scheduled; which slots were run is claimed elsewhere. */
import { sql } from 'kysely';
import type { Schedule } from '../model/schedule.ts';
import type { ScheduleRow } from './rows/schedule-rows.ts';
import type { Transaction } from './store.ts';

/** New or changed. Where its times change or it is switched on again, slots before `lastSlot` are not made up for. */
export async function putSchedule(tx: Transaction, schedule: Schedule): Promise<void> {
  await tx.db
    .insertInto('schedule')
    .values(rowOf(schedule))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((set) => ({
        cron: set.ref('excluded.cron'),
        zone: set.ref('excluded.zone'),
        policy: set.ref('excluded.policy'),
        max_late_ms: set.ref('excluded.max_late_ms'),
        enabled: set.ref('excluded.enabled'),
        last_slot: sql<number>`case when schedule.cron = excluded.cron and schedule.zone = excluded.zone
          and schedule.enabled = 1 then schedule.last_slot else excluded.last_slot end`,
      })),
    )
    .execute();
}

export async function listSchedules(tx: Transaction, communityId: string): Promise<Schedule[]> {
  const rows = await tx.db
    .selectFrom('schedule')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('id')
    .execute();
  return rows.map(scheduleOf);
}

/** Of all communities. */
export async function listEnabledSchedules(tx: Transaction): Promise<Schedule[]> {
  const rows = await tx.db.selectFrom('schedule').selectAll().where('enabled', '=', 1).orderBy('id').execute();
  return rows.map(scheduleOf);
}

function rowOf(schedule: Schedule): ScheduleRow {
  return {
    id: schedule.id,
    community_id: schedule.communityId,
    kind: schedule.kind,
    cron: schedule.cron,
    zone: schedule.zone,
    policy: schedule.policy,
    max_late_ms: schedule.maxLateMs,
    enabled: schedule.enabled ? 1 : 0,
    last_slot: schedule.lastSlot.getTime(),
  };
}

function scheduleOf(row: ScheduleRow): Schedule {
  return {
    id: row.id,
    communityId: row.community_id,
    kind: row.kind,
    cron: row.cron,
    zone: row.zone,
    policy: row.policy,
    maxLateMs: row.max_late_ms,
    enabled: row.enabled === 1,
    lastSlot: new Date(row.last_slot),
  };
}
