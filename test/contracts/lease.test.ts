/** One holder at a time, whoever asks and whenever. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lease, releaseLease, renewLease, takeLease } from '../../src/store/lease-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import type { TestStore } from '../support/test-store.ts';

const NAME = 'telegram:1';
const LONG_MS = 3_600_000;

forEachStore((open) => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const now = new Date();
  const take = (owner: string, forMs = LONG_MS) =>
    opened.store.write((tx) => takeLease(tx, { name: NAME, owner }, { forMs, now }));
  const renew = (lease: Lease, forMs = LONG_MS) => opened.store.write((tx) => renewLease(tx, lease, { forMs, now }));

  /** Run out already when it is written: no test waits for a clock. */
  const RUN_OUT_MS = -1;

  function held(lease: Lease | null): Lease {
    if (lease === null) throw new Error('the lease was not given');
    return lease;
  }

  test('of three who ask at once one gets it', async () => {
    const leases = await Promise.all(['a', 'b', 'c'].map((owner) => take(owner)));
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
  });

  test('the next holder has a higher number, after a lease ran out and after one was given back', async () => {
    const first = held(await take('a', RUN_OUT_MS));
    const second = held(await take('b'));
    await opened.store.write((tx) => releaseLease(tx, second, now));
    const third = held(await take('c'));
    expect([first.fence, second.fence, third.fence]).toEqual([1, 2, 3]);
  });

  test('three who take and give back in turn never share a number', async () => {
    const fences: number[] = [];
    const contend = async (owner: string) => {
      while (fences.length < 15) {
        const lease = await take(owner);
        if (lease === null) continue;
        fences.push(lease.fence);
        await opened.store.write((tx) => releaseLease(tx, lease, now));
      }
    };
    await Promise.all(['a', 'b', 'c'].map(contend));
    expect(new Set(fences).size).toBe(fences.length);
    expect(fences).toEqual([...fences].sort((a, b) => a - b));
  });

  test('who lost it can neither renew it nor give it back', async () => {
    const lost = held(await take('a', RUN_OUT_MS));
    const current = held(await take('b'));
    expect(await renew(lost)).toBeNull();
    await opened.store.write((tx) => releaseLease(tx, lost, now));
    expect(await take('a')).toBeNull();
    expect(await renew(current)).not.toBeNull();
  });

  test('renewing keeps the number and moves the end', async () => {
    const lease = held(await take('a', 60_000));
    const renewed = held(await renew(lease));
    expect(renewed.fence).toBe(lease.fence);
    expect(renewed.expiresAt.getTime()).toBeGreaterThan(lease.expiresAt.getTime());
  });

  test('taking one’s own again, as after a restart, gives a new number', async () => {
    const before = held(await take('a'));
    const after = held(await take('a'));
    expect(after.fence).toBe(before.fence + 1);
    expect(await renew(before)).toBeNull();
  });
});
