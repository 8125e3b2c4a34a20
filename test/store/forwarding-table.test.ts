import { expect, test } from 'vitest';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { insertChat, updateChat } from '../../src/store/chat-table.ts';
import {
  countToForward,
  expireToForward,
  listDoneByHand,
  listForwarded,
  listToForward,
  refuseForwarding,
  tickForwarded,
  untickForwarded,
} from '../../src/store/forwarding-table.ts';
import { countWaiting, fatesOf, insertOutbox } from '../../src/store/outbox-table.ts';
import { insertStaff } from '../../src/store/staff-table.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import type { Vault } from '../../src/store/vault.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';

const now = new Date(NOW);
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

interface Wish {
  readonly kind?: OutgoingKind;
  readonly text?: string;
  readonly urgent?: boolean;
  readonly collapseKey?: string;
  readonly notAfter?: Date;
  readonly runAt?: Date;
}

async function put(tx: Transaction, chatId: string, wish: Wish = {}): Promise<string> {
  const { kind = 'notice', text = 't', urgent = false, collapseKey = null, notAfter = null, runAt = now } = wish;
  const message = { communityId: 'c', chatId, kind, textKey: 'k', message: { text }, urgent, subjectId: 'n' };
  return (await insertOutbox(tx, { ...message, collapseKey, notAfter, runAt }, { owner: null, now })).id;
}

async function group(tx: Transaction, title: string, channel: 'manual' | 'web' = 'manual'): Promise<string> {
  const at = { communityId: 'c', channel, account: 'c', address: title, kind: 'group' } as const;
  return (await insertChat(tx, { ...at, title, areaId: null, personId: null, now })).id;
}

async function li(tx: Transaction): Promise<string> {
  const named = { communityId: 'c', login: 'li', displayName: '小李', role: 'worker' } as const;
  const staff = await insertStaff(tx, { ...named, passwordIsInitial: false, passwordHash: 'x', now });
  if (staff === null) throw new Error('there is one already');
  return staff.id;
}

forEachStore((open) => {
  async function on<T>(play: (store: Store, vault: Vault) => Promise<T>): Promise<T> {
    const { store, vault, close } = await open();
    try {
      await store.write((tx) => foundCommunity(tx, vault));
      return await play(store, vault);
    } finally {
      await close();
    }
  }

  test('what is urgent stands first, then answers, reminders, notices and tips', async () => {
    const texts = await on((store) =>
      store.write(async (tx) => {
        const chat = await group(tx, 'g');
        for (const kind of ['tip', 'notice', 'reminder', 'reply'] as const) await put(tx, chat, { kind, text: kind });
        await put(tx, chat, { kind: 'notice', text: 'urgent', urgent: true });
        return (await listToForward(tx, 'c', now)).map(({ message }) => message.text);
      }),
    );
    expect(texts).toEqual(['urgent', 'reply', 'reminder', 'notice', 'tip']);
  });

  test('of several with one collapse key only the newest is shown, in each group for itself', async () => {
    const shown = await on((store) =>
      store.write(async (tx) => {
        const [one, two] = [await group(tx, 'one'), await group(tx, 'two')];
        await put(tx, one, { kind: 'tip', text: 'old', collapseKey: 'tip' });
        await put(tx, one, { kind: 'tip', text: 'new', collapseKey: 'tip' });
        await put(tx, two, { kind: 'tip', text: 'theirs', collapseKey: 'tip' });
        const queue = await listToForward(tx, 'c', now);
        return { texts: queue.map(({ message }) => message.text), count: await countToForward(tx, 'c', now) };
      }),
    );
    expect(shown).toEqual({ texts: ['new', 'theirs'], count: { messages: 2, groups: 2 } });
  });

  test('neither what is due later, nor what is too late, nor what another channel sends itself', async () => {
    const texts = await on((store) =>
      store.write(async (tx) => {
        const [mine, web] = [await group(tx, 'g'), await group(tx, 'w', 'web')];
        await put(tx, mine, { text: 'tomorrow', runAt: later(60) });
        await put(tx, mine, { text: 'yesterday', notAfter: later(-1) });
        await put(tx, web, { text: 'by the bot' });
        await put(tx, mine, { text: 'now', notAfter: later(1) });
        return (await listToForward(tx, 'c', now)).map(({ message }) => message.text);
      }),
    );
    expect(texts).toEqual(['now']);
  });

  test('the tick of the clock ends what is too late, replaced, unwanted, or for a group that is gone', async () => {
    const ends = await on((store) =>
      store.write(async (tx) => {
        const [one, two] = [await group(tx, 'one'), await group(tx, 'two')];
        await put(tx, one, { notAfter: later(-1) });
        await put(tx, one, { kind: 'tip', collapseKey: 'tip' });
        await put(tx, one, { kind: 'tip', collapseKey: 'tip', notAfter: later(9) });
        await put(tx, two);
        await updateChat(tx, two, { state: 'gone' });
        await expireToForward(tx, now);
        return (await fatesOf(tx, 'n')).map(({ fate, reason }) => `${fate} ${reason}`);
      }),
    );
    expect(ends).toEqual(['expired too-late', 'expired newer-one-waits', 'queued null', 'refused chat-gone']);
  });

  test('two who tick at the same time tick it once, and the first is the proof', async () => {
    const told = await on(async (store) => {
      const { id, staffId } = await store.write(async (tx) => ({
        id: await put(tx, await group(tx, 'g')),
        staffId: await li(tx),
      }));
      const done = { communityId: 'c', staffId, now: later(1) };
      const ticked = await Promise.all([1, 2].map(() => store.write((tx) => tickForwarded(tx, [id], done))));
      const proof = await store.read((tx) => listForwarded(tx, 'n'));
      return { ticked: ticked.flat().length, proof };
    });
    expect(told.ticked).toBe(1);
    expect(told.proof).toMatchObject([{ staffName: '小李', at: later(1), byOwner: false }]);
  });

  test('nobody ticks what the bot sends itself, or what belongs to another community', async () => {
    const ticked = await on((store) =>
      store.write(async (tx) => {
        const web = await put(tx, await group(tx, 'w', 'web'));
        const mine = await put(tx, await group(tx, 'g'));
        return [
          await tickForwarded(tx, [web], { communityId: 'c', staffId: null, now }),
          await tickForwarded(tx, [mine], { communityId: 'other', staffId: null, now }),
        ];
      }),
    );
    expect(ticked).toEqual([[], []]);
  });

  test('a tick is taken back whole, by whoever made it, and what was refused comes back too', async () => {
    const told = await on((store) =>
      store.write(async (tx) => {
        const staffId = await li(tx);
        const chat = await group(tx, 'g');
        const ids = [await put(tx, chat), await put(tx, chat), await put(tx, chat)];
        const [first = '', second = '', third = ''] = ids;
        const done = { communityId: 'c', staffId, now: later(1) };
        await tickForwarded(tx, [first, second], done);
        await refuseForwarding(tx, third, 'other', { ...done, now: later(2) });
        const fates = await fatesOf(tx, 'n');
        const others = await untickForwarded(tx, { communityId: 'c', staffId: 'somebody', at: later(1) });
        const back = await untickForwarded(tx, { communityId: 'c', staffId, at: later(1) });
        const refusedBack = await untickForwarded(tx, { communityId: 'c', staffId, at: later(2) });
        return {
          fates: fates.map(({ fate }) => fate),
          others,
          back: back.length,
          refusedBack: refusedBack.length,
          waiting: (await countToForward(tx, 'c', later(3))).messages,
          proof: await listDoneByHand(tx, 'c', { since: now, limit: 9 }),
        };
      }),
    );
    expect(told).toEqual({
      fates: ['sent', 'sent', 'refused'],
      others: [],
      back: 2,
      refusedBack: 1,
      waiting: 3,
      proof: [],
    });
  });

  test('what waits for a person does not count as late', async () => {
    const waiting = await on((store) =>
      store.write(async (tx) => {
        await put(tx, await group(tx, 'g'));
        await put(tx, await group(tx, 'w', 'web'));
        return (await countWaiting(tx)).waiting;
      }),
    );
    expect(waiting).toBe(1);
  });
});
