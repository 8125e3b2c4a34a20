/** Several processes on one PostgreSQL take from one outbox at the same moment: caps and order hold as with one. */
import { expect, test } from 'vitest';
import { createIdSource } from '../../src/lib/id.ts';
import { createLog } from '../../src/lib/log.ts';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { claimDue } from '../../src/runtime/claim.ts';
import type { DispatcherParts } from '../../src/runtime/dispatcher-parts.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { openStore } from '../../src/store/open-store.ts';
import { insertOutbox, markSent } from '../../src/store/outbox-table.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { withPostgres } from '../support/for-each-store.ts';
import { createLoopbackChannel } from '../support/loopback-channel.ts';
import { foundCommunity } from '../support/records.ts';

/** Ten in the morning in Shanghai, on a Wednesday. */
const now = new Date('2026-11-18T02:00:00Z');
const HERE = { name: 'web', account: '*' } as const;
const OWNERS = ['one', 'two', 'three', 'four'];

withPostgres((open) => {
  async function openOffices(work: (offices: DispatcherParts[]) => Promise<void>): Promise<void> {
    const { databaseUrl, vault, close, store } = await open();
    const ids = createIdSource(Date.now);
    const stores = await Promise.all(
      OWNERS.map(() => openStore(databaseUrl, { vault, newId: () => ids.next(), poolSize: 2 })),
    );
    try {
      await store.write((tx) => foundCommunity(tx, vault));
      await work(stores.map((each, index) => partsOf(each, OWNERS[index] ?? '')));
    } finally {
      await Promise.all(stores.map((each) => each.close()));
      await close();
    }
  }

  test('of four processes that claim at once, a group gets one message that nobody asked for a day', async () => {
    await openOffices(async (offices) => {
      const groups = await offices[0]?.store.write(async (tx) => {
        const groups: string[] = [];
        for (let number = 0; number < 60; number += 1) groups.push(await newChat(tx, `g${number}`, 'group'));
        // In turns, so that those who claim at once hold different messages of the same group.
        for (let turn = 0; turn < 4; turn += 1) for (const chatId of groups) await queue(tx, chatId, 'tip');
        return groups;
      });
      const taken: string[] = [];
      for (let rounds = 0; rounds < 12; rounds += 1) {
        const claimed = await Promise.all(
          offices.map((parts) => claimDue(parts, HERE, { limit: 20 + 7 * OWNERS.indexOf(parts.owner) })),
        );
        taken.push(...claimed.flat().map(({ chat }) => chat.id));
      }
      expect(taken.toSorted()).toEqual(groups?.toSorted());
    });
  });

  test('what one process has on the wire to a chat is not overtaken by what another takes', async () => {
    await openOffices(async (offices) => {
      const chats = await offices[0]?.store.write(async (tx) => {
        const chats: string[] = [];
        for (let number = 0; number < 40; number += 1) chats.push(await newChat(tx, `d${number}`, 'direct'));
        for (let turn = 0; turn < 4; turn += 1) for (const chatId of chats) await queue(tx, chatId, 'reminder');
        return chats;
      });
      const onTheWire = new Map<string, string>();
      const said: string[] = [];
      while (said.length < 4 * (chats?.length ?? 0)) {
        const claimed = await Promise.all(
          offices.map((parts) => claimDue(parts, HERE, { limit: 11 + OWNERS.indexOf(parts.owner) })),
        );
        for (const [index, messages] of claimed.entries()) {
          for (const { message, chat } of messages) {
            const holder = onTheWire.get(chat.id) ?? OWNERS[index];
            expect(holder).toBe(OWNERS[index]);
            onTheWire.set(chat.id, OWNERS[index] ?? '');
            said.push(message.id);
          }
        }
        for (const [index, messages] of claimed.entries()) {
          await offices[index]?.store.write(async (tx) => {
            for (const { message } of messages) await markSent(tx, [message.id], OWNERS[index] ?? '', now);
          });
        }
        onTheWire.clear();
      }
      expect(new Set(said).size).toBe(said.length);
    });
  });
});

async function newChat(tx: Transaction, address: string, kind: 'group' | 'direct'): Promise<string> {
  const at = { communityId: 'c', channel: 'web', account: 'c', address, kind } as const;
  return (await insertChat(tx, { ...at, title: null, areaId: null, personId: null, now })).id;
}

async function queue(tx: Transaction, chatId: string, kind: OutgoingKind): Promise<void> {
  const more = { notAfter: null, collapseKey: null, urgent: false, subjectId: null, runAt: now };
  const message = { communityId: 'c', chatId, kind, textKey: 'k', message: { text: 't' } };
  await insertOutbox(tx, { ...message, ...more }, { owner: null, now });
}

function partsOf(store: Store, owner: string): DispatcherParts {
  const channel = createLoopbackChannel();
  return {
    store,
    owner,
    channels: { find: () => channel, ready: () => [channel], mayDeliver: () => true },
    render: (_, key) => key,
    isAlive: async () => true,
    clock: { now: () => now },
    steadyNow: () => 0,
    random: () => 0.5,
    metrics: { count: () => {} },
    log: createLog('fatal', 'stderr'),
  };
}
