/** Refuses to work on a database that was written with another master key, before anything is written. */
import type { Kysely } from 'kysely';
import { LvlinError } from '../model/errors.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** Throws `key-wrong`. A database that has no mark yet gets one. */
export async function checkKey(db: Kysely<Schema>, vault: Vault): Promise<void> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === 'meta')) return;
  const mark = await db.selectFrom('meta').select('value').where('key', '=', MARK).executeTakeFirst();
  if (mark === undefined) {
    await db.insertInto('meta').values({ key: MARK, value: vault.newKeyCheck() }).execute();
    return;
  }
  try {
    vault.checkKey(mark.value);
  } catch (cause) {
    throw new LvlinError('key-wrong', {}, { cause });
  }
}

const MARK = 'key-check';
