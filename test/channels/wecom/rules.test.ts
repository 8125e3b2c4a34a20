/** The small rules of time: when to try again, when the night's hour comes, how much has gone out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../../src/channels/wecom/backoff.ts';
import { untilHour } from '../../../src/channels/wecom/night-rules.ts';
import { SlidingWindow } from '../../../src/channels/wecom/sliding-window.ts';
import { keyOfTask, newTaskId } from '../../../src/channels/wecom/task-id.ts';

const HOUR = 60 * 60_000;

test('waits grow to a minute and no further, by chance between half and the whole', () => {
  const limits = { firstRetryMs: 1_000, longestRetryMs: 60_000 };
  expect([0, 1, 2, 5, 6, 10_000].map((failures) => backoffMs(failures, limits, () => 0))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000,
  ]);
  expect(backoffMs(10_000, limits, () => 1)).toBe(60_000);
});

test.each([
  ['2026-11-20T12:00:00+08:00', 'Asia/Shanghai', 15],
  ['2026-11-20T02:00:00+08:00', 'Asia/Shanghai', 1],
  ['2026-11-20T03:00:00+08:00', 'Asia/Shanghai', 24],
  // The night in which the clock goes forward over the hour.
  ['2026-03-28T23:00:00+01:00', 'Europe/Berlin', 3],
])('at %s in %s the third hour is %i hours away', (now, zone, hours) => {
  expect(untilHour(3, new Date(now), zone) / HOUR).toBe(hours);
});

describe('a sliding window', () => {
  test('never lets more pass in any stretch than it allows, and lets pass what it allows', () => {
    const allowed = [
      { most: 3, withinMs: 100 },
      { most: 5, withinMs: 1_000 },
    ];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 60 }), (gaps) => {
        const window = new SlidingWindow(allowed);
        const passed: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const wait = window.take(now);
          if (wait === 0) passed.push(now);
          else now += wait;
        }
        for (const { most, withinMs } of allowed) {
          for (const at of passed) {
            expect(passed.filter((one) => one > at - withinMs && one <= at).length).toBeLessThanOrEqual(most);
          }
        }
        // After the wait that was named, the next one passes.
        if (window.take(now) > 0) expect(window.take(now + 1_000)).toBe(0);
      }),
    );
  });
});

test('the number of a card holds the key of its message, and is another one each time', () => {
  const key = '01890a5d-ac96-774b-bcce-b302099a8057';
  const numbers = new Set(Array.from({ length: 1_000 }, () => newTaskId(key)));
  expect(numbers.size).toBe(1_000);
  for (const number of numbers) expect(number).toMatch(/^[0-9A-Za-z_\-@]{1,128}$/);
  for (const number of numbers) expect(keyOfTask(number ?? '')).toBe(key);
  expect(newTaskId('a.b')).toBeNull();
  expect(keyOfTask('somebody elses')).toBeNull();
  expect(keyOfTask('a@b@c')).toBeNull();
});
