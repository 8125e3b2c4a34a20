/** What two connections at once could do to a list: on PostgreSQL alone, because SQLite has one writer. */
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TargetDesk } from '../../../src/features/chains/chain-parts.ts';
import { eraseEverywhere } from '../../../src/features/privacy/privacy-service.ts';
import { recordKeepers } from '../../../src/joints/all-features.ts';
import type { NativeChain } from '../../../src/model/chain.ts';
import type { Chat, Person } from '../../../src/model/chat.ts';
import type { Inbound } from '../../../src/model/inbound.ts';
import { recognise } from '../../../src/runtime/address-book.ts';
import { findPersonByAddress } from '../../../src/store/sender-table.ts';
import { everythingKept } from '../../support/everything-kept.ts';
import { withPostgres } from '../../support/for-each-store.ts';
import { PATIENCE } from '../../support/patience.ts';
import { STAGE_COMMUNITY } from '../../support/stage.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

const THEIRS = '王五妈妈';

withPostgres((open) => {
  let hall: ChainHall;
  beforeEach(async () => {
    hall = await openHall({ openStore: open });
  });
  afterEach(() => hall.close());

  it('whoever wants their data gone while a copy is merged is gone afterwards, and no line of theirs comes back', async () => {
    await hall.activity('周六捡垃圾');
    const group = await hall.group('3号楼群');
    const start = hall.stage.clock.now().getTime();
    const native = (...who: [author: string, text: string, second: number][]): NativeChain => ({
      id: 'list',
      entries: who.map(([author, text, second]) => ({ author, text, at: new Date(start + second * 1_000) })),
    });
    await hall.post(group, `#接龙\n周六捡垃圾\n1. 王五\n2. 李四\n3. ${THEIRS}`, {
      by: 'zhang',
      native: native(['wang', '王五', 1], ['li', '李四', 2], ['wang', THEIRS, 3]),
      at: new Date(start + 5_000),
    });
    const wang = await personAt('wang');
    const gate = gateAt(hall.desks);
    const copying = hall.post(group, `#接龙\n周六捡垃圾\n1. 王五\n2. ${THEIRS}`, {
      by: 'li',
      native: native(['wang', '王五', 1], ['wang', THEIRS, 3]),
      at: new Date(start + 60_000),
      desks: gate.desks,
    });
    await gate.reached;
    const erasing = erase(wang);
    await eitherWaitsOrEnds(erasing);
    gate.open();
    await Promise.all([copying, erasing]);
    const kept = await hall.store.read((tx) => everythingKept(tx, STAGE_COMMUNITY));
    expect(kept.filter(({ text }) => text.includes('王五')).map(({ where }) => where)).toEqual([]);
    const lines = await hall.store.read((tx) =>
      tx.db.selectFrom('chain_entry').select(['person_id', 'author_key', 'state']).orderBy('state').execute(),
    );
    expect(lines.filter(({ state }) => state === 'dropped')).toEqual([
      { person_id: null, author_key: null, state: 'dropped' },
      { person_id: null, author_key: null, state: 'dropped' },
    ]);
  });

  it('two neighbours who post a list each at the same moment, and stand in both, wait for each other and nobody is turned back', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const groups = [await hall.group('1号楼群'), await hall.group('2号楼群')] as const;
    const at = hall.stage.clock.now();
    const chain: NativeChain = { entries: ['a', 'b'].map((author) => ({ author, text: `住户${author}`, at })) };
    let tries = 0;
    const met = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
    const post = (by: 'a' | 'b', group: Chat) =>
      hall.post(group, `#接龙\n周六捡垃圾 ${group.title}\n1. 住户a\n2. 住户b`, {
        by,
        native: chain,
        at,
        first: async (tx) => {
          tries += 1;
          await recognise(tx, inboundOf(by, group, chain));
          met[by].resolve();
          await eitherWaitsOrEnds(met[by === 'a' ? 'b' : 'a'].promise);
        },
      });
    await Promise.all([post('a', groups[0]), post('b', groups[1])]);
    expect(tries).toBe(2);
    expect(new Set((await hall.coming(shift)).map((line) => line.split(' ')[0]))).toEqual(new Set(['住户a', '住户b']));
  });

  function inboundOf(by: string, group: Chat, chain: NativeChain): Inbound {
    const { channel, account, address, kind } = group;
    const chat = { address, kind };
    const said = { messageId: by, text: '', mentioned: false, at: hall.stage.clock.now(), chain };
    return { channel, account, chat, sender: { address: by }, ...said };
  }

  async function personAt(address: string): Promise<Person> {
    const at = { channel: 'wechat', account: 'bot', address } as const;
    const person = await hall.store.read((tx) => findPersonByAddress(tx, at, STAGE_COMMUNITY));
    if (person === null) throw new Error(`nobody is known at ${address}`);
    return person;
  }

  function erase(person: Person) {
    const { content, clock } = hall.stage;
    const keepers = recordKeepers({ content: () => content, render: (...saying) => content.texts.render(...saying) });
    return hall.write((tx) => eraseEverywhere(tx, keepers, person, null, clock.now()));
  }

  /** Somebody waits for a lock, or the work needed none. */
  async function eitherWaitsOrEnds(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    await vi.waitFor(async () => expect(isOver || (await waiting()) > 0).toBe(true), PATIENCE);
  }

  async function waiting(): Promise<number> {
    const found = await hall.store.read((tx) => sql`select from pg_locks where not granted`.execute(tx.db));
    return found.rows.length;
  }
});

/** The desk of shifts stops where it would take a place back, until it is let through. */
function gateAt(desks: readonly TargetDesk[]) {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const watched = desks.map(
    (desk): TargetDesk => ({
      ...desk,
      takeBack: async (...asked) => {
        reached.resolve();
        await opened.promise;
        return desk.takeBack(...asked);
      },
    }),
  );
  return { desks: watched, reached: reached.promise, open: opened.resolve };
}
