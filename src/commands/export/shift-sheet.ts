/** Activities by their shifts, and who signed up for them, as two tables of one file. */
import type { Sheet, SheetValue } from '../../documents/sheet.ts';
import type { Attendance } from '../../features/volunteering/attendance-service.ts';
import type { AttendeeView } from '../../features/volunteering/attendee-view.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Speak } from '../command.ts';
import { columnsOf, timeOf, wordOf } from './sheet-words.ts';

const SHIFT = [
  ['activity', 'text'],
  ['place', 'text'],
  ['day', 'date'],
  ['from', 'text'],
  ['until', 'text'],
  ['capacity', 'number'],
  ['taken', 'number'],
  ['waiting', 'number'],
  ['state', 'text'],
] as const;
const SIGN_UP = [
  ['activity', 'text'],
  ['day', 'date'],
  ['from', 'text'],
  ['name', 'text'],
  ['phone', 'text'],
  ['party', 'number'],
  ['state', 'text'],
] as const;

export function shiftSheets(attendances: readonly Attendance[], speak: Speak, zone: string): Sheet[] {
  const shifts = attendances.map(({ shift }) => shiftCells(shift, speak, zone));
  const signUps = attendances.flatMap(({ shift, coming, waiting }) =>
    [...coming, ...waiting].map((attendee) => signUpCells(shift, attendee, speak, zone)),
  );
  return [
    { name: wordOf('sheet.shifts', speak), columns: columnsOf(SHIFT, speak), rows: shifts },
    { name: wordOf('sheet.sign-ups', speak), columns: columnsOf(SIGN_UP, speak), rows: signUps },
  ];
}

function shiftCells(shift: Shift, speak: Speak, zone: string): Record<string, SheetValue> {
  return {
    ...whenOf(shift, zone),
    place: shift.place,
    until: timeOf(shift.endsAt, zone),
    capacity: shift.capacity,
    taken: shift.taken,
    waiting: shift.waiting,
    state: wordOf(`shift-state.${shift.state}`, speak),
  };
}

function signUpCells(shift: Shift, attendee: AttendeeView, speak: Speak, zone: string): Record<string, SheetValue> {
  return {
    ...whenOf(shift, zone),
    name: attendee.name,
    phone: attendee.phone,
    party: attendee.party,
    state: wordOf(`sign-up-state.${attendee.state}`, speak),
  };
}

function whenOf({ title, startsAt }: Shift, zone: string) {
  return { activity: title, day: localDate(startsAt, zone), from: timeOf(startsAt, zone) };
}
