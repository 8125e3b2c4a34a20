import { expect, test } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
import { findConversation, saveConversation } from '../../src/store/conversation-table.ts';
import { joinPersonRows } from '../../src/store/person-join-table.ts';
import { findPerson } from '../../src/store/person-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, foundPerson, NOW } from '../support/records.ts';

forEachStore((open) => {
  test('a question that is open in a group of another community goes along', async () => {
    const { store, vault, close } = await open();
    const now = new Date(NOW);
    const answers = await store.write(async (tx) => {
      for (const id of ['c', 'd']) await foundCommunity(tx, vault, id);
      for (const id of ['stays', 'goes']) await foundPerson(tx, id, id, id === 'stays' ? '13800000001' : '13800000002');
      const [stays, goes] = [await findPerson(tx, 'c', 'stays'), await findPerson(tx, 'c', 'goes')];
      if (stays === null || goes === null) throw new Error('they were just made');
      const place = { channel: 'telegram', account: '7', address: '-100', kind: 'group' } as const;
      const more = { communityId: 'd', title: null, areaId: null, personId: null, now };
      const { id: chatId } = await insertChat(tx, { ...place, ...more });
      const asked = { feature: 'volunteering', step: 'name', version: 1, question: null };
      const expiresAt = new Date(NOW + 60_000);
      const key = { chatId, personId: goes.id, communityId: 'd' };
      await saveConversation(tx, key, { ...asked, answers: { name: 'Lin' }, expiresAt });
      await joinPersonRows(tx, { stays, goes });
      return (await findConversation(tx, { ...key, personId: stays.id }, now))?.answers();
    });
    expect(answers).toEqual({ name: 'Lin' });
    await close();
  });
});
