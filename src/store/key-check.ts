/** Refuses to work on a database that was written with another master key, before anything is written. */
import type { Kysely } from 'kysely';
import { LvlinError } from '../model/errors.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** Throws `key-wrong`. Writes nothing; a database without a mark passes. */
export async function checkKey(db: Kysely<Schema>, vault: Vault): Promise<void> {
  const mark = await readKeyMark(db);
  if (mark !== null) checkKeyMark(mark, vault);
}

/** The mark that only the right master key opens, or `null` where there is none yet. */
export async function readKeyMark(db: Kysely<Schema>): Promise<string | null> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === 'meta')) return null;
  const mark = await db.selectFrom('meta').select('value').where('key', '=', MARK).executeTakeFirst();
  return mark?.value ?? null;
}

/** Throws `key-wrong`. */
export function checkKeyMark(mark: string, vault: Vault): void {
  try {
    vault.checkKey(mark);
  } catch (cause) {
    throw new LvlinError('key-wrong', {}, { cause });
  }
}

/** Leaves the mark of this key, once. */
export async function markKey(db: Kysely<Schema>, vault: Vault): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: MARK, value: vault.newKeyCheck() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const MARK = 'key-check';
