import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommunitySettings } from '../../src/model/community.ts';
import type { WebMessage } from '../../src/model/web-message.ts';
import { insertPerson } from '../../src/store/chat-table.ts';
import { insertCommunity } from '../../src/store/community-table.ts';
import {
  deleteWebMessagesOf,
  forgetWebMessages,
  insertWebMessage,
  listWebMessages,
} from '../../src/store/web-message-table.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const NOON = new Date('2026-11-18T12:00:00+08:00');
const COMMUNITY = 'community-1';
const WHOLE = { communityId: COMMUNITY, chatAddress: 'wang', since: new Date(0), limit: 100 };

let opened: TestStore;

beforeEach(async () => {
  opened = await openTestStore();
  await opened.store.write((tx) =>
    insertCommunity(tx, {
      id: COMMUNITY,
      name: '南门社区',
      plan: 'changji-2021',
      locale: 'zh-CN',
      isSample: false,
      settings: CommunitySettings.parse({}),
      wrappedKey: opened.vault.newCommunityKey(COMMUNITY),
      now: NOON,
    }),
  );
});

afterEach(() => opened.close());

function said(id: string, seconds: number, change: Partial<WebMessage> = {}): WebMessage {
  const at = new Date(NOON.getTime() + seconds * 1000);
  return {
    id,
    communityId: COMMUNITY,
    chatAddress: 'wang',
    senderAddress: null,
    kind: null,
    message: { text: `${id}说的话` },
    at,
    ...change,
  };
}

async function keep(...messages: WebMessage[]): Promise<boolean[]> {
  const kept: boolean[] = [];
  for (const message of messages) kept.push(await opened.store.write((tx) => insertWebMessage(tx, message)));
  return kept;
}

async function listed(query: Partial<typeof WHOLE> = {}): Promise<string[]> {
  const messages = await opened.store.read((tx) => listWebMessages(tx, { ...WHOLE, ...query }));
  return messages.map(({ id }) => id);
}

describe('the messages of a page', () => {
  it('are kept once however often they come', async () => {
    expect(await keep(said('a', 0), said('a', 5))).toEqual([true, false]);
    expect(await listed()).toEqual(['a']);
  });

  it('come back as they were said', async () => {
    const message = {
      text: '**九点**',
      choices: [{ label: '好', say: '1' }],
      link: { label: '看', url: 'https://x/' },
    };
    await keep(said('a', 0, { message, senderAddress: 'wang' }));
    const [back] = await opened.store.read((tx) => listWebMessages(tx, WHOLE));
    expect(back).toEqual(said('a', 0, { message, senderAddress: 'wang' }));
  });

  it('come in the order they arrived, the newest of too many', async () => {
    await keep(said('z', 0), said('a', 1), said('m', 2));
    expect(await listed()).toEqual(['z', 'a', 'm']);
    expect(await listed({ limit: 2 })).toEqual(['a', 'm']);
    expect(await listed({ since: new Date(NOON.getTime() + 1000) })).toEqual(['a', 'm']);
  });

  it('are seen in their own chat alone', async () => {
    await keep(said('a', 0));
    expect(await opened.store.read((tx) => listWebMessages(tx, { ...WHOLE, chatAddress: 'li' }))).toEqual([]);
  });

  it('can be read by nobody who only has the file', async () => {
    await keep(said('a', 0));
    const [row] = await opened.store.read((tx) => tx.db.selectFrom('web_message').selectAll().execute());
    expect(JSON.stringify(row)).not.toContain('说的话');
  });

  it('are forgotten when they are old', async () => {
    await keep(said('a', 0), said('b', 10));
    await opened.store.write((tx) => forgetWebMessages(tx, new Date(NOON.getTime() + 5000)));
    expect(await listed()).toEqual(['b']);
  });

  it('go with the person who wants to be forgotten, in private and in a group', async () => {
    const inGroup = { chatAddress: 'group' };
    await keep(
      said('a', 0),
      said('b', 1, { ...inGroup, senderAddress: 'wang' }),
      said('c', 2, { ...inGroup, senderAddress: 'li' }),
    );
    await opened.store.write(async (tx) => {
      const from = { channel: 'web', account: COMMUNITY, address: 'wang' } as const;
      await deleteWebMessagesOf(tx, await insertPerson(tx, { communityId: COMMUNITY, from, now: NOON }));
    });
    expect(await listed()).toEqual([]);
    expect(await listed(inGroup)).toEqual(['c']);
  });
});
