/** Looking and small changes beside a running bot, on every database. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { type ErrorCode, isLvlinError } from '../../src/model/errors.ts';
import { appendAudit, listAudit } from '../../src/store/audit-table.ts';
import { changeBeside, lookBeside } from '../../src/store/beside.ts';
import { findCommunity, listCommunities } from '../../src/store/community-table.ts';
import { countUndelivered, examineDatabase, newestRecordAt } from '../../src/store/examine.ts';
import { countWaiting } from '../../src/store/outbox-table.ts';
import { Vault } from '../../src/store/vault.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';
import type { TestStore } from '../support/test-store.ts';

function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  return expect(work).rejects.toSatisfy((cause) => isLvlinError(cause, code));
}

forEachStore((open) => {
  let bot: TestStore;
  let ids = 0;
  beforeEach(async () => {
    bot = await open();
    await bot.store.write((tx) => foundCommunity(tx, bot.vault));
  });
  afterEach(() => bot.close());

  const options = (vault = bot.vault) => ({
    vault,
    newId: () => {
      ids += 1;
      return `beside-${ids}`;
    },
  });
  const note = (action: string) => ({ communityId: 'c', staffId: null, action, at: new Date(NOW + 5_000) });

  test('what the bot has committed is seen, and nothing can be written', async () => {
    const seen = await lookBeside(bot.databaseUrl, options(), (tx) => listCommunities(tx));
    expect(seen.map(({ id }) => id)).toEqual(['c']);
    await expect(lookBeside(bot.databaseUrl, options(), (tx) => appendAudit(tx, note('never')))).rejects.toThrow();
    expect(await bot.store.read((tx) => listAudit(tx, 'c', { limit: 5 }))).toEqual([]);
  });

  test('a change is there for the bot at once; one that fails leaves nothing', async () => {
    await changeBeside(bot.databaseUrl, options(), (tx) => appendAudit(tx, note('done')));
    const failing = changeBeside(bot.databaseUrl, options(), async (tx) => {
      await appendAudit(tx, note('undone'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const entries = await bot.store.read((tx) => listAudit(tx, 'c', { limit: 5 }));
    expect(entries.map(({ action }) => action)).toEqual(['done']);
  });

  test('another key is refused', async () => {
    const stranger = options(new Vault(newKey()));
    await refused(
      lookBeside(bot.databaseUrl, stranger, (tx) => findCommunity(tx, 'c')),
      'key-wrong',
    );
    await refused(
      changeBeside(bot.databaseUrl, stranger, (tx) => findCommunity(tx, 'c')),
      'key-wrong',
    );
  });

  test('a check-up finds the database whole, and how old its newest record is', async () => {
    const found = await examineDatabase(bot.databaseUrl);
    expect(found).toMatchObject({ pending: [], damage: null, version: expect.stringMatching(/^\d+\.\d+/) });
    expect(found.keyMark).not.toBeNull();
    const newest = () => lookBeside(bot.databaseUrl, options(), (tx) => newestRecordAt(tx));
    expect(await newest()).toBeNull();
    await bot.store.write((tx) => appendAudit(tx, note('now')));
    expect(await newest()).toEqual(new Date(NOW + 5_000));
  });

  test('a check-up counts what waits and what did not arrive', async () => {
    const counted = await lookBeside(bot.databaseUrl, options(), async (tx) => ({
      ...(await countWaiting(tx)),
      ...(await countUndelivered(tx, new Date(NOW))),
    }));
    expect(counted).toEqual({ waiting: 0, oldest: null, refused: 0, unknown: 0 });
  });
});

test('where nothing was ever written there is nothing to see', async () => {
  const vault = new Vault(newKey());
  const looking = lookBeside('sqlite:/nowhere/lvlin.sqlite', { vault, newId: () => '' }, async () => 'seen');
  await refused(looking, 'database-unreachable');
});
