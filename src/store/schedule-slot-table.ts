/** Due slots, each claimed once by inserting its row. */
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** False when this slot has been claimed before, by whomever. */
export async function claimSlot(
  tx: Transaction,
  slot: { readonly scheduleId: string; readonly slot: Date; readonly owner: string; readonly now: Date },
): Promise<boolean> {
  const claimed = await tx.run(CLAIM, {
    schedule: slot.scheduleId,
    slot: slot.slot.getTime(),
    owner: slot.owner,
    now: slot.now.getTime(),
  });
  return claimed.length > 0;
}

const CLAIM = prepare<{ schedule: string; slot: number; owner: string; now: number }>()((db, value) =>
  db
    .insertInto('schedule_slot')
    .values({
      schedule_id: value('schedule'),
      slot: value('slot'),
      claimed_at: value('now'),
      owner: value('owner'),
    })
    .onConflict((conflict) => conflict.columns(['schedule_id', 'slot']).doNothing())
    .returning('slot'),
);

/** Everything up to and including `slot` is settled. It never goes back, but for a slot that a wrong clock set days ahead. */
export async function advanceSchedule(tx: Transaction, scheduleId: string, slot: Date): Promise<void> {
  await tx.run(ADVANCE, { schedule: scheduleId, slot: slot.getTime(), wrong: slot.getTime() + FAR_AHEAD_MS });
}

// No process is so late with its slot that another would have gone so far ahead.
const FAR_AHEAD_MS = 24 * 60 * 60_000;

const ADVANCE = prepare<{ schedule: string; slot: number; wrong: number }>()((db, value) =>
  db
    .updateTable('schedule')
    .set({ last_slot: value('slot') })
    .where('id', '=', value('schedule'))
    .where((where) => where.or([where('last_slot', '<', value('slot')), where('last_slot', '>', value('wrong'))])),
);

/** Old rows are not needed: `last_slot` already says that they are settled. */
export async function forgetSlots(tx: Transaction, before: Date): Promise<void> {
  await tx.db.deleteFrom('schedule_slot').where('slot', '<', before.getTime()).execute();
}
