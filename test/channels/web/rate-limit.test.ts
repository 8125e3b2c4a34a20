import { expect, it } from 'vitest';
import { createRateLimit } from '../../../src/channels/web/rate-limit.ts';

it('lets each pass so often, and anew when the time is over', () => {
  const limit = createRateLimit({ most: 2, withinMs: 1_000 });
  expect([0, 10, 999].map((at) => limit.take('lin', at))).toEqual([true, true, false]);
  expect(limit.take('wang', 999)).toBe(true);
  expect([1_000, 1_001, 1_002].map((at) => limit.take('lin', at))).toEqual([true, true, false]);
});

it('holds 2,000 in an hour', () => {
  const limit = createRateLimit({ most: 2_000, withinMs: 3_600_000 });
  const passed = Array.from({ length: 4_000 }, (_, index) => limit.take('here', index * 100)).filter(Boolean);
  expect(passed).toHaveLength(2_000);
});
