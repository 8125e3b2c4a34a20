/** Is the computer's clock right? A wrong one sends tips and reminders at wrong times. */
import { localDate, localMinutes } from '../../lib/zoned-time.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

// This program was not there before.
const FIRST_YEAR = 2026;
// Batteries of old computers run out and begin again in the past; nobody's begins a generation ahead.
const LAST_YEAR = FIRST_YEAR + 30;
// Two computers that share a database may differ by as much without harm.
const TOLERANCE_MS = 5 * 60_000;

export function checkClock(now: Date, newestRecord: Date | null, zone: string): Finding {
  const year = now.getUTCFullYear();
  const time = wallClock(now, zone);
  if (year < FIRST_YEAR || year > LAST_YEAR) return finding('clock', 'bad', say('doctor.clock-wrong', { time }));
  if (newestRecord !== null && newestRecord.getTime() > now.getTime() + TOLERANCE_MS) {
    return finding('clock', 'bad', say('doctor.clock-behind', { time, newest: wallClock(newestRecord, zone) }));
  }
  return finding('clock', 'good', say('doctor.clock-good', { time, zone }));
}

function wallClock(instant: Date, zone: string): string {
  const minutes = localMinutes(instant, zone);
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `${localDate(instant, zone)} ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
