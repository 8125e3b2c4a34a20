import { expect, test } from 'vitest';
import { endOfQuiet } from '../../src/lib/quiet-hours.ts';

const zone = 'Asia/Shanghai';

function at(time: string): Date {
  return new Date(`2026-11-18T${time}:00+08:00`);
}

test.each([
  ['20:30', '08:30', '07:00', '2026-11-18T00:30:00.000Z'],
  ['20:30', '08:30', '08:30', null],
  ['20:30', '08:30', '20:29', null],
  ['20:30', '08:30', '20:30', '2026-11-19T00:30:00.000Z'],
  ['00:00', '07:00', '03:00', '2026-11-17T23:00:00.000Z'],
  ['00:00', '07:00', '12:00', null],
  ['12:00', '14:00', '13:00', '2026-11-18T06:00:00.000Z'],
  ['12:00', '14:00', '23:00', null],
  ['08:00', '08:00', '08:00', null],
])('quiet from %s until %s: at %s it ends at %s', (quietFrom, quietUntil, now, ends) => {
  const end = endOfQuiet({ zone, quietFrom, quietUntil }, at(now));
  expect(end?.toISOString() ?? null).toBe(ends);
});
