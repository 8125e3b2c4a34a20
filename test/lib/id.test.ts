import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdSource } from '../../src/lib/id.ts';

describe('ids', () => {
  it('have twenty characters of Crockford base 32 in lower case', () => {
    const ids = createIdSource(Date.now);
    for (let i = 0; i < 1_000; i += 1) expect(ids.next()).toMatch(/^[0-9a-hjkmnp-tv-z]{20}$/);
  });

  it('increase strictly whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { minLength: 2, maxLength: 200 }), (times) => {
        let call = 0;
        const ids = createIdSource(() => times[call++ % times.length] ?? 0);
        const made = times.map(() => ids.next());
        expect(made).toEqual([...made].sort());
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  it('increase even when chance gives its highest value', () => {
    const ids = createIdSource(
      () => 1_700_000_000_000,
      () => 1 - 2 ** -53,
    );
    const made = Array.from({ length: 1_000 }, () => ids.next());
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(1_000);
  });

  it('sort by time between two processes', () => {
    const early = createIdSource(() => 1_700_000_000_000);
    const late = createIdSource(() => 1_700_000_000_001);
    for (let i = 0; i < 100; i += 1) expect(early.next() < late.next()).toBe(true);
  });

  it('differ between two processes in the same millisecond', () => {
    const one = createIdSource(() => 1_700_000_000_000);
    const other = createIdSource(() => 1_700_000_000_000);
    expect(one.next()).not.toBe(other.next());
  });
});
