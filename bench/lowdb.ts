/** Why records are not kept with lowdb: one acknowledged write at 50,000 records, beside the same in SQLite. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Adapter } from 'lowdb';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { z } from 'zod';
import { atomicJsonAdapter } from '../src/lib/atomic-json.ts';
import { watchEventLoop } from './event-loop.ts';
import { type Finding, told } from './figure.ts';
import { scratchFolder } from './scratch.ts';
import { median } from './statistics.ts';

const RECORDS = 50_000;
const ROUNDS = 3;
const WRITES = { lowdb: 12, sqlite: 2_000 };

const PledgeRecord = z.object({ id: z.number(), community: z.string(), household: z.string(), words: z.string() });
type PledgeRecord = z.infer<typeof PledgeRecord>;
const Records = z.array(PledgeRecord);

function record(id: number): PledgeRecord {
  return { id, community: 'c-1', household: `h-${id}`, words: 'x'.repeat(220) };
}

interface Contender {
  readonly name: string;
  readonly writes: number;
  readonly write: (id: number) => Promise<void> | void;
}

export async function measure(): Promise<Finding> {
  const folder = scratchFolder();
  const contenders = [
    await lowdb('lowdb as it comes (no sync)', new JSONFile<PledgeRecord[]>(join(folder, 'plain.json'))),
    await lowdb(
      'lowdb with our synced adapter',
      atomicJsonAdapter(join(folder, 'synced.json'), { schema: Records, now: () => new Date() }),
    ),
    sqlite(join(folder, 'records.sqlite')),
  ];
  const loop = watchEventLoop();
  const found = contenders.map(() => ({ perSecond: [] as number[], stopMs: [] as number[] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { write, writes }] of contenders.entries()) {
      loop.longestMs();
      const from = performance.now();
      for (let each = 0; each < writes; each += 1) {
        await write(RECORDS + round * writes + each);
        // One person after another, with the event loop turning in between.
        await new Promise((resolve) => setImmediate(resolve));
      }
      // The first round warms up.
      if (round === 0) continue;
      found[index]?.perSecond.push(writes / ((performance.now() - from) / 1_000));
      found[index]?.stopMs.push(loop.longestMs());
    }
  }
  loop.stop();
  return {
    figures: contenders.flatMap(({ name }, index) => [
      told(`${name}, one at a time`, median(found[index]?.perSecond ?? []), 'writes/s'),
      told(`${name}, longest stop of the event loop`, median(found[index]?.stopMs ?? []), 'ms'),
    ]),
    notes: [`one more record of 300 bytes on top of ${RECORDS}, acknowledged; ${ROUNDS} rounds, in turn; medians`],
  };
}

async function lowdb(name: string, adapter: Adapter<PledgeRecord[]>): Promise<Contender> {
  const low = new Low<PledgeRecord[]>(adapter, []);
  for (let id = 0; id < RECORDS; id += 1) low.data.push(record(id));
  await low.write();
  return { name, writes: WRITES.lowdb, write: (id) => low.update((data) => data.push(record(id))) };
}

function sqlite(file: string): Contender {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'create table record (id integer primary key, community text, household text, words text); create index record_household on record (household)',
  );
  const insert = database.prepare('insert into record values (?, ?, ?, ?)');
  const put = (id: number) => {
    const { community, household, words } = record(id);
    insert.run(id, community, household, words);
  };
  database.transaction(() => {
    for (let id = 0; id < RECORDS; id += 1) put(id);
  })();
  return { name: 'SQLite with synchronous=FULL', writes: WRITES.sqlite, write: put };
}
