/** Taking turns in a group, played in invented time: whatever happens when, nobody is forgotten and nobody overrun. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BREATH_MS, LONGEST_SILENCE_MS } from '../../src/runtime/floor-rules.ts';
import { GroupFloors } from '../../src/runtime/group-floors.ts';
import type { Departing } from '../../src/runtime/outgoing-writer.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const GROUP = { channel: 'web', account: 'c', address: 'g' } as const;

interface Said {
  readonly at: number;
  readonly ids: readonly string[];
}

/** A platform that takes `flightMs` for each message and refuses those whose turn it is to be refused. */
function group({ flightMs = 0, refused = new Set<number>() }: { flightMs?: number; refused?: Set<number> } = {}) {
  const said: Said[] = [];
  const heardAt: number[] = [];
  let tries = 0;
  const floors: GroupFloors = new GroupFloors({
    steadyNow: () => Date.now(),
    release: (together) => {
      const [first] = together;
      if (first === undefined) return;
      tries += 1;
      const arrives = !refused.has(tries);
      floors.departs(first);
      const at = Date.now();
      setTimeout(() => {
        if (arrives) said.push({ at, ids: together.map(({ message }) => message.id) });
        floors.ended(first, arrives);
        if (!arrives) for (const one of together) floors.hold(one);
      }, flightMs);
    },
  });
  /** What comes back is to be called when it has been read. */
  const hear = () => {
    heardAt.push(Date.now());
    const heard = { ...GROUP, chat: { address: 'g', kind: 'group' }, messageId: `m${heardAt.length}` } as const;
    floors.heard(heard);
    return () => floors.read(heard);
  };
  return { floors, said, heardAt, hear };
}

async function later(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

test('one who asks alone is answered at once', async () => {
  const { floors, said, hear } = group();
  hear()();
  floors.hold(answer('a', 'lin'));
  await later(0);
  expect(said).toEqual([{ at: 0, ids: ['a'] }]);
});

test('those who ask in the same moment are answered in one message', async () => {
  const { floors, said, hear } = group();
  const read = ['a', 'b', 'c'].map((id) => ({ id, isRead: hear() }));
  for (const { id, isRead } of read) {
    isRead();
    floors.hold(answer(id, id));
    await later(5);
  }
  await later(60_000);
  expect(said.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']]);
});

test('who asks right after somebody was answered waits for a breath, together with whoever comes meanwhile', async () => {
  const { floors, said, hear } = group();
  for (const [id, at] of [
    ['a', 0],
    ['b', 500],
    ['c', 900],
    ['d', 2_000],
  ] as const) {
    await later(at - Date.now());
    hear()();
    floors.hold(answer(id, id));
    await later(0);
  }
  await later(60_000);
  expect(said).toEqual([
    { at: 0, ids: ['a'] },
    { at: BREATH_MS, ids: ['b', 'c', 'd'] },
  ]);
});

test('two who talk with each other need no breath', async () => {
  const { floors, said, hear } = group();
  for (const id of ['a', 'b', 'c']) {
    hear()();
    floors.hold(answer(id, 'lin'));
    await later(100);
  }
  expect(said.map(({ at }) => at)).toEqual([0, 100, 200]);
});

test('an answer that took long does not stand below the next one before somebody speaks', async () => {
  const { floors, said, hear } = group();
  const slow = hear();
  hear()();
  floors.hold(answer('quick', 'wang'));
  await later(BREATH_MS);
  slow();
  floors.hold(answer('slow', 'lin'));
  await later(LONGEST_SILENCE_MS - 1);
  expect(said.map(({ ids }) => ids)).toEqual([['quick']]);
  hear()();
  await later(0);
  expect(said.map(({ ids }) => ids)).toEqual([['quick'], ['slow']]);
});

test('where nobody speaks any more, what is owed is said in the end', async () => {
  const { floors, said, hear } = group();
  const slow = hear();
  hear()();
  floors.hold(answer('quick', 'wang'));
  await later(BREATH_MS);
  slow();
  floors.hold(answer('slow', 'lin'));
  await later(LONGEST_SILENCE_MS + 1);
  expect(said.at(-1)).toEqual({ at: BREATH_MS + LONGEST_SILENCE_MS, ids: ['slow'] });
});

test('what the platform refused has not been said: the next one need not wait for it', async () => {
  const { floors, said, hear } = group({ refused: new Set([1]) });
  hear()();
  floors.hold(answer('a', 'lin'));
  await later(1);
  expect(said.map(({ ids }) => ids)).toEqual([['a']]);
});

test('whatever comes when: everything is said once, and never twice in a row unless it has waited its time', async () => {
  const moment = fc.record({
    at: fc.integer({ min: 0, max: 20_000 }),
    person: fc.constantFrom('lin', 'wang', 'li', 'zhao'),
    readingMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9_000 })),
    isAnswered: fc.boolean(),
  });
  const world = fc.record({
    moments: fc.array(moment, { maxLength: 25 }),
    flightMs: fc.integer({ min: 0, max: 400 }),
    refused: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ moments, flightMs, refused }) => {
      vi.setSystemTime(0);
      vi.clearAllTimers();
      const { floors, said, heardAt, hear } = group({ flightMs, refused: new Set(refused) });
      const readyAt = new Map<string, number>();
      moments.forEach(({ at, person, readingMs, isAnswered }, index) => {
        setTimeout(() => {
          const isRead = hear();
          setTimeout(() => {
            isRead();
            if (!isAnswered) return;
            readyAt.set(`m${index}`, Date.now());
            floors.hold(answer(`m${index}`, person));
          }, readingMs);
        }, at);
      });
      await later(120_000);
      expect(said.flatMap(({ ids }) => ids).sort()).toEqual([...readyAt.keys()].sort());
      expect(floors.holding).toBe(0);
      said.forEach(({ at, ids }, place) => {
        const before = said[place - 1];
        if (before === undefined) return;
        const isBetween = heardAt.some((heard) => heard >= before.at && heard <= at);
        const hasWaited = Math.min(...ids.map((id) => readyAt.get(id) ?? 0)) <= at - LONGEST_SILENCE_MS;
        expect(isBetween || hasWaited).toBe(true);
      });
    }),
    { numRuns: 60 },
  );
});

function answer(id: string, personId: string): Departing {
  const nothing = { notAfter: null, collapseKey: null, urgent: false, subjectId: null, runAt: new Date(0) };
  const row = { communityId: 'c', chatId: 'g', kind: 'reply', textKey: 'k', tries: 1, message: { text: id } } as const;
  return {
    message: { ...row, ...nothing, id, answer: { parts: [{ personId, text: id }] } },
    chat: { ...GROUP, id: 'g', communityId: 'c', kind: 'group' },
  };
}
