/** Which slots of a schedule are to run now, and which have been missed for good. */
import { Cron } from 'croner';
import type { Schedule } from '../model/schedule.ts';

// More than this were missed by an outage or a wrong clock: a year of missed minutes must not be counted one by one.
const SLOTS_AT_ONCE = 400;
// `skip` runs only what is due now; the tick comes every 20 s, so a minute is now.
const NOW_MS = 60_000;
// A slot that lies further ahead was run by a clock that was wrong; waiting for it would be silence for years.
const CLOCKS_DIFFER_MS = 24 * 60 * 60_000;

export interface DueSlots {
  readonly run: readonly Date[];
  /** Everything up to here is settled once `run` has run. */
  readonly settledUntil: Date;
}

/** `null` when nothing has come due since the last slot. */
export function dueSlots(schedule: Schedule, now: Date): DueSlots | null {
  const last = schedule.lastSlot.getTime();
  const settled = last > now.getTime() + CLOCKS_DIFFER_MS ? 0 : last;
  const from = new Date(Math.max(settled, now.getTime() - schedule.maxLateMs - NOW_MS));
  const slots = slotsBetween(schedule, from, now);
  const newest = slots.at(-1);
  if (newest === undefined) return null;
  const notTooLate = (latest: number) => slots.filter((slot) => now.getTime() - slot.getTime() <= latest);
  switch (schedule.policy) {
    case 'skip':
      return { run: notTooLate(NOW_MS).slice(-1), settledUntil: newest };
    case 'latest':
      return { run: notTooLate(schedule.maxLateMs).slice(-1), settledUntil: newest };
    case 'all':
      return { run: notTooLate(schedule.maxLateMs), settledUntil: newest };
  }
}

function slotsBetween(schedule: Schedule, after: Date, until: Date): Date[] {
  const cron = new Cron(schedule.cron, { timezone: schedule.zone, paused: true });
  const slots: Date[] = [];
  let slot = cron.nextRun(after);
  while (slot !== null && slot <= until && slots.length < SLOTS_AT_ONCE) {
    slots.push(slot);
    slot = cron.nextRun(slot);
  }
  return slots;
}
