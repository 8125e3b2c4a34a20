/** A #接龙 of a large group: how long its text takes to read, and the next copy to be merged into what is known. */
import { mergeCopy } from '../src/features/chains/copy-rules.ts';
import { keptLine, lineText } from '../src/features/chains/line-rules.ts';
import type { Copy, KnownEntry } from '../src/features/chains/list-copy-rules.ts';
import { readList } from '../src/features/chains/read-line.ts';
import { createReader } from '../src/joints/reader.ts';
import type { ChainEntry } from '../src/model/understanding.ts';
import { atMost, type Finding } from './figure.ts';
import { median } from './statistics.ts';
import { readContent } from './street.ts';

const PEOPLE = 300;
// As long a list as is ever taken: a WeChat group holds 500 people.
const MOST_PEOPLE = 500;
const ROUNDS = 50;
const STARTED = new Date('2026-11-18T01:00:00Z');

export async function measure(): Promise<Finding> {
  const content = await readContent();
  const understand = createReader(() => content);
  const text = listOf(PEOPLE);
  const read = () => readList(understand, text, STARTED)?.entries ?? [];
  const entries = read();
  if (entries.length !== PEOPLE) throw new Error('the list was not read whole');
  const known = entries.map(knownEntry);
  const next = copyOf([...entries, { number: PEOPLE + 1, name: 'one more' }]);
  const others = Array.from({ length: MOST_PEOPLE }, (_, at): ChainEntry => ({ number: at + 1, name: `other ${at}` }));
  const same = others.map((): ChainEntry => ({ number: 1, name: 'a' }));
  const list = { initiator: null, heardAt: STARTED };
  const merge = (before: readonly KnownEntry[], copy: Copy) => timed(() => mergeCopy(before, copy, list));
  return {
    figures: [
      atMost(`read a #接龙 of ${PEOPLE}, median`, timed(read), 'ms', 5),
      atMost(`merge its next copy, median`, merge(known, next), 'ms', 5),
      atMost(
        `merge ${MOST_PEOPLE} lines nobody knows into ${MOST_PEOPLE}`,
        merge(others.map(knownEntry), copyOf(others.map(renamed))),
        'ms',
        20,
      ),
      atMost(`merge ${MOST_PEOPLE} times the same line`, merge(same.map(knownEntry), copyOf(same)), 'ms', 20),
    ],
    notes: [`${text.length} characters; medians of ${ROUNDS}`],
  };
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return median(times);
}

function listOf(people: number): string {
  const lines = Array.from(
    { length: people },
    (_, at) => `${at + 1}. \u90bb\u5c45${at + 1} ${(at % 9) + 1}-2-${101 + at} 2\u4eba`,
  );
  return `#Group Note\n9:00\n\n${lines.join('\n')}`;
}

function copyOf(entries: readonly ChainEntry[]): Copy {
  const at = new Date(STARTED.getTime() + 60_000);
  return { entries: entries.map(copyEntry), poster: 'somebody', posterName: 'somebody', at, isWhole: true };
}

function copyEntry(entry: ChainEntry) {
  const line = keptLine(entry);
  return { number: entry.number, line, lineKey: lineText(line), author: null, writtenAt: null };
}

function knownEntry(entry: ChainEntry, at: number): KnownEntry {
  const { line, lineKey } = copyEntry(entry);
  const times = { writtenAt: STARTED, lineAt: STARTED, stateAt: STARTED };
  const kept = { id: `${at}`, position: at + 1, line, lineKey, formerKeys: [], authorKey: null, relayed: true };
  return { ...kept, ...times, state: 'standing', offBy: null };
}

function renamed(entry: ChainEntry): ChainEntry {
  return { ...entry, name: `${entry.name} again` };
}
