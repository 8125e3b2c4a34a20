/** Two messages of one person at the same moment, on both databases. */
import { expect, test } from 'vitest';
import { insertMember } from '../../src/store/household-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { STAGE_COMMUNITY, STAGE_START, setStage } from '../support/stage.ts';
import { WHOLE_BOT } from '../support/whole-bot.ts';

forEachStore((open) => {
  test('a newcomer who writes in private and in a group at once is one person', async () => {
    const stage = await setStage({ ...WHOLE_BOT, openStore: open });
    try {
      const people = Array.from({ length: 20 }, (_, index) => `newcomer-${index}`);
      const said = people.flatMap((name) => [
        { name, chat: { address: `private:${name}`, kind: 'direct' as const }, mentioned: false },
        { name, chat: { address: 'group:new', kind: 'group' as const, title: 'new' }, mentioned: true },
      ]);
      await Promise.all(
        said.map(({ name, chat, mentioned }, index) =>
          stage.channel.hear({
            channel: 'web',
            account: STAGE_COMMUNITY,
            messageId: `m${index}`,
            chat,
            sender: { address: name },
            text: '你能干啥',
            mentioned,
            at: STAGE_START,
          }),
        ),
      );
      const counts = await stage.store.read(async (tx) => ({
        people: (await tx.db.selectFrom('person').select('id').execute()).length,
        chats: (await tx.db.selectFrom('chat').select('id').execute()).length,
      }));
      expect(counts).toEqual({ people: 20, chats: 21 });
    } finally {
      await stage.close();
    }
  });
});

test('nobody belongs to two households', async () => {
  const stage = await setStage({ ...WHOLE_BOT });
  try {
    await stage.hear('lin', '你能干啥');
    await stage.store.write(async (tx) => {
      const { id } = await tx.db.selectFrom('person').select('id').executeTakeFirstOrThrow();
      const home = { community_id: STAGE_COMMUNITY, building: '1', door_sealed: '', created_at: 1 };
      await tx.db
        .insertInto('household')
        .values({ ...home, id: 'h1', door_hash: '1' })
        .execute();
      await tx.db
        .insertInto('household')
        .values({ ...home, id: 'h2', door_hash: '2' })
        .execute();
      await insertMember(tx, id, 'h1', STAGE_START);
      await insertMember(tx, id, 'h1', STAGE_START);
      await expect(insertMember(tx, id, 'h2', STAGE_START)).rejects.toThrow('another household');
    });
  } finally {
    await stage.close();
  }
});
