import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Merged, mergeCopy } from '../../../src/features/chains/copy-rules.ts';
import { lineText } from '../../../src/features/chains/line-rules.ts';
import type { Copy, CopyEntry, KnownEntry } from '../../../src/features/chains/list-copy-rules.ts';
import type { ChainLine } from '../../../src/model/chain.ts';

const at = (minute: number) => new Date(1_788_000_000_000 + minute * 60_000);

interface Line extends ChainLine {
  readonly by?: string | null;
  /** When WeChat says it was written. */
  readonly minute?: number;
}

/** What is kept of one list, as the store keeps it, without a store. */
function keepList(initiator: string | null = null) {
  let known: KnownEntry[] = [];
  let heardAt = at(-1);
  const doubts: string[] = [];
  return {
    hear(copy: Copy): Merged {
      const merged = mergeCopy(known, copy, { initiator, heardAt });
      const changed = new Map(merged.changes.map((change) => [change.id, change]));
      known = known.map((entry) => applied(entry, changed.get(entry.id), copy.at));
      const added = merged.added.map((one, place): KnownEntry => {
        const { line, lineKey, writtenAt } = one.entry;
        const { position, authorKey, relayed, maybeChangeOf } = one;
        const state = maybeChangeOf === null ? 'standing' : 'unsure';
        const times = { writtenAt: writtenAt ?? copy.at, lineAt: copy.at, stateAt: copy.at };
        const id = `${known.length + place}`;
        return { id, position, line, lineKey, formerKeys: [], authorKey, relayed, state, offBy: null, ...times };
      });
      known = [...known, ...added];
      doubts.push(...merged.doubts.map(({ kind }) => kind));
      if (copy.at > heardAt) heardAt = copy.at;
      return merged;
    },
    names: () => known.filter(({ state }) => state !== 'withdrawn').map(({ line }) => line?.name ?? ''),
    entries: () => known,
    doubts,
  };
}

function applied(entry: KnownEntry, change: Merged['changes'][number] | undefined, now: Date): KnownEntry {
  if (change === undefined) return entry;
  const { position, authorKey, writtenAt, relayed, edit, turn } = change;
  const same = { ...entry, position, authorKey, writtenAt, relayed };
  if (turn === 'off') return { ...same, state: 'withdrawn', stateAt: now, offBy: 'list' };
  const on = turn === 'on' ? { state: 'standing' as const, stateAt: now, offBy: null } : {};
  if (edit === null) return { ...same, ...on };
  const formerKeys = [...entry.formerKeys, entry.lineKey].filter((key) => key !== edit.lineKey);
  return { ...same, ...on, line: edit.line, lineKey: edit.lineKey, formerKeys, lineAt: now };
}

interface Told {
  /** Whether WeChat tells who wrote what. */
  readonly native?: boolean;
  readonly numbers?: readonly number[];
}

function copyOf(poster: string | null, minute: number, lines: readonly Line[], told: Told = {}): Copy {
  const entries = lines.map(({ by, minute: written, ...line }, place): CopyEntry => {
    const author = told.native === true ? (by ?? line.name ?? null) : null;
    const writtenAt = told.native === true && written !== undefined ? at(written) : null;
    return { number: told.numbers?.[place] ?? place + 1, line, lineKey: lineText(line), author, writtenAt };
  });
  return { entries, poster, posterName: poster ?? '', at: at(minute), isWhole: true };
}

describe('merging copies', () => {
  interface Joined {
    readonly copies: readonly Copy[];
    readonly names: readonly string[];
  }

  /** People join one after another, each from some copy they have seen, so that the list forks. */
  const growths = fc
    .record({
      native: fc.boolean(),
      parents: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 12 }),
      starterJoinsAgain: fc.boolean(),
    })
    .map(({ native, parents, starterJoinsAgain }): Joined => {
      const seen: Line[][] = [[]];
      const copies = parents.map((parent, index) => {
        const name = starterJoinsAgain && index === parents.length - 1 ? 'p0 again' : `p${index}`;
        const by = name === 'p0 again' ? 'p0' : name;
        // Who has joined before sees at least their own line.
        const from = seen.filter((list) => by !== 'p0' || index === 0 || list.some((line) => line.by === 'p0'));
        const list = [...(from[parent % from.length] ?? []), { name, by, minute: index }];
        seen.push(list);
        return copyOf(by, index, list, { native });
      });
      return { copies, names: copies.flatMap(({ entries }) => entries.at(-1)?.line.name ?? []) };
    });

  it('in any order never loses a line nobody took off', () => {
    const shuffled = growths.chain(({ copies, names }) =>
      fc.record({
        names: fc.constant(names),
        order: fc.shuffledSubarray([...copies], { minLength: copies.length, maxLength: copies.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ names, order }) => {
        const list = keepList('p0');
        for (const copy of order) list.hear(copy);
        expect(new Set(list.names())).toEqual(new Set(names));
      }),
      { numRuns: 500 },
    );
  });

  it('counts nobody twice, however often and in whatever order they come', () => {
    const repeated = growths.chain(({ copies, names }) =>
      fc.record({ names: fc.constant(names), order: fc.array(fc.constantFrom(...copies), { maxLength: 30 }) }),
    );
    fc.assert(
      fc.property(repeated, ({ order }) => {
        const list = keepList('p0');
        for (const copy of order) list.hear(copy);
        expect(list.names().toSorted()).toEqual([...new Set(list.names())].toSorted());
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(growths, ({ copies }) => {
        const list = keepList('p0');
        for (const copy of copies) list.hear(copy);
        const before = list.entries();
        for (const copy of copies) {
          const again = list.hear(copy);
          expect(again.added).toEqual([]);
          expect(again.changes.filter(({ turn, edit }) => turn !== null || edit !== null)).toEqual([]);
        }
        expect(list.entries().map(({ id, state, lineKey }) => [id, state, lineKey])).toEqual(
          before.map(({ id, state, lineKey }) => [id, state, lineKey]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every line of a list whose numbers are anything', () => {
    const numbered = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(numbered, (numbers) => {
        const list = keepList();
        const lines = numbers.map((_, place) => ({ name: `n${place}` }));
        list.hear(copyOf(null, 1, lines, { numbers }));
        expect(list.names()).toHaveLength(numbers.length);
        const isDoubtful = new Set(numbers).size < numbers.length || Math.max(...numbers) > numbers.length;
        if (isDoubtful && !numbers.includes(0)) expect(list.doubts.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a line that is gone', () => {
  const three = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

  it('was taken off by who wrote it', () => {
    const list = keepList('a');
    list.hear(copyOf('a', 0, three.slice(0, 1)));
    list.hear(copyOf('b', 1, three.slice(0, 2)));
    list.hear(copyOf('c', 2, three));
    list.hear(copyOf('b', 3, [{ name: 'a' }, { name: 'c' }]));
    expect(list.names()).toEqual(['a', 'c']);
    expect(list.doubts).toEqual([]);
  });

  it('was taken off by who began the list, where that is all the copy does', () => {
    const list = keepList('a');
    for (const [place, name] of ['a', 'b', 'c'].entries()) list.hear(copyOf(name, place, three.slice(0, place + 1)));
    list.hear(copyOf('a', 4, [{ name: 'a' }, { name: 'b' }, { name: 'neighbour of a' }]));
    expect(list.names()).toContain('c');
    list.hear(copyOf('a', 5, [{ name: 'a' }, { name: 'c' }, { name: 'neighbour of a' }]));
    expect(list.names()).not.toContain('b');
  });

  it('stays where a neighbour or nobody knows who has lost it, and is asked about once it had been passed on', () => {
    for (const poster of ['c', null]) {
      const list = keepList('a');
      for (const [place, name] of ['a', 'b', 'c'].entries()) list.hear(copyOf(name, place, three.slice(0, place + 1)));
      list.hear(copyOf(poster, 4, [{ name: 'a' }, { name: 'c' }]));
      expect(list.names()).toEqual(['a', 'b', 'c']);
      expect(list.doubts).toEqual(['missing']);
    }
  });

  it('stays without a question where it was lost in a fork', () => {
    const list = keepList('a');
    list.hear(copyOf('a', 0, [{ name: 'a' }]));
    list.hear(copyOf('b', 1, [{ name: 'a' }, { name: 'b' }]));
    list.hear(copyOf('c', 2, [{ name: 'a' }, { name: 'c' }]));
    list.hear(copyOf('d', 3, [{ name: 'a' }, { name: 'c' }, { name: 'd' }]));
    expect(list.names()).toEqual(['a', 'b', 'c', 'd']);
    expect(list.doubts).toEqual([]);
  });

  it('may stand behind the cut of a list that was too long', () => {
    const list = keepList('a');
    list.hear(copyOf('a', 0, three));
    list.hear({ ...copyOf('a', 1, three.slice(0, 2)), isWhole: false });
    expect(list.names()).toEqual(['a', 'b', 'c']);
    expect(list.doubts).toEqual([]);
  });

  it('comes back by who wrote it; in a copy of somebody else it is asked about', () => {
    for (const [poster, names, doubts] of [
      ['b', ['a', 'b', 'c'], []],
      ['c', ['a', 'c'], ['came-back']],
    ] as const) {
      const list = keepList('a');
      for (const [place, name] of ['a', 'b', 'c'].entries()) list.hear(copyOf(name, place, three.slice(0, place + 1)));
      list.hear(copyOf('b', 4, [{ name: 'a' }, { name: 'c' }]));
      list.hear(copyOf(poster, 5, three));
      expect(list.names()).toEqual(names);
      expect(list.doubts).toEqual(doubts);
    }
  });
});

describe('a line in other words', () => {
  it('is the old one where its writer is known, whatever they changed', () => {
    const list = keepList('a');
    list.hear(copyOf('b', 1, [{ name: 'a' }, { name: 'b', minute: 1 }], { native: true }));
    list.hear(copyOf('b', 2, [{ name: 'a' }, { name: 'my husband', by: 'b', minute: 2 }], { native: true }));
    expect(list.names()).toEqual(['a', 'my husband']);
  });

  it('is the old one where the name is the same, and an old copy does not take the change back', () => {
    const list = keepList();
    const before = copyOf(null, 1, [{ name: 'a' }, { name: 'b', party: 2 }]);
    list.hear(before);
    list.hear(copyOf(null, 2, [{ name: 'a' }, { name: 'b', party: 3 }]));
    list.hear({ ...before, at: at(3) });
    expect(list.entries().map(({ line }) => line?.party)).toEqual([undefined, 3]);
  });

  it('is asked about where only its letters are alike, and does not count until then', () => {
    const list = keepList();
    list.hear(copyOf(null, 1, [{ name: '张三' }, { name: '王秀英', note: '三号楼带手套' }]));
    const merged = list.hear(copyOf(null, 2, [{ name: '张三' }, { name: '王秀荣', note: '三号楼带手套' }]));
    expect(merged.added).toMatchObject([{ maybeChangeOf: '1' }]);
    expect(list.entries().map(({ state }) => state)).toEqual(['standing', 'standing', 'unsure']);
  });
});
