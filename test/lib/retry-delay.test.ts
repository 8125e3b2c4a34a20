import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../src/lib/retry-delay.ts';

describe('the wait before the next try', () => {
  it('doubles from 30 seconds up to half an hour', () => {
    const longest = [0, 1, 2, 5, 6, 50, 5_000].map((failures) => retryDelayMs(failures, () => 0.999_999_999));
    expect(longest).toEqual([29_999, 59_999, 119_999, 959_999, 1_799_999, 1_799_999, 1_799_999]);
  });

  it('is anything from nothing to the longest', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
        const ms = retryDelayMs(failures, () => chance);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(30 * 60_000);
      }),
    );
    expect(retryDelayMs(3, () => 0.5)).toBe(120_000);
    expect(retryDelayMs(3, () => 0)).toBe(0);
  });
});
