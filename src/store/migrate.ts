/** Brings the tables to the shape this version needs, each step once and whole. */
import { type Kysely, sql } from 'kysely';
import { LvlinError } from '../model/errors.ts';
import { createFirstTables } from './migrations/0001-first-tables.ts';
import { addWebMessageKind } from './migrations/0002-web-message-kind.ts';
import { addBinding } from './migrations/0003-binding.ts';
import { addAttachments } from './migrations/0004-attachments.ts';
import { addForwarding } from './migrations/0005-forwarding.ts';
import { addNoticePictures } from './migrations/0006-notice-pictures.ts';
import { addRecalling } from './migrations/0007-recalling.ts';
import { addChains } from './migrations/0008-chains.ts';
import { addOwnWords } from './migrations/0011-own-words.ts';
import { addCommunityOfAddress } from './migrations/0012-people-of-communities.ts';

interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order; a step that has run anywhere is never edited again. */
export type Migrations = Readonly<Record<string, Migration>>;

export const MIGRATIONS: Migrations = {
  '0001-first-tables': { up: createFirstTables },
  '0002-web-message-kind': { up: addWebMessageKind },
  '0003-binding': { up: addBinding },
  '0004-attachments': { up: addAttachments },
  '0005-forwarding': { up: addForwarding },
  '0006-notice-pictures': { up: addNoticePictures },
  '0007-recalling': { up: addRecalling },
  '0008-chains': { up: addChains },
  '0011-own-words': { up: addOwnWords },
  '0012-people-of-communities': { up: addCommunityOfAddress },
};

/** The names of the steps still to be run. Throws `database-newer` for a database of a later version. */
export async function pendingMigrations(db: Kysely<unknown>, steps = MIGRATIONS): Promise<string[]> {
  const done = await doneMigrations(db);
  const unknown = unknownMigrations(done, steps);
  if (unknown.length > 0) throw new LvlinError('database-newer', { migrations: unknown.join(' ') });
  return Object.keys(steps).filter((name) => !done.includes(name));
}

/** Those of the steps that this version does not have: they were run by a later one. */
export function unknownMigrations(names: readonly string[], steps = MIGRATIONS): string[] {
  return names.filter((name) => steps[name] === undefined);
}

/** The names of the steps this database has behind it. */
export async function doneMigrations(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === LOG)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(LOG)} order by name`.execute(db);
  return rows.map((row) => row.name);
}

/**
 * Runs inside the caller's transaction, so an interrupted upgrade leaves the old tables as they were.
 * `only`: these steps and no later ones, for the tables of an older backup.
 */
export async function runMigrations(
  db: Kysely<unknown>,
  { only, steps = MIGRATIONS }: { readonly only?: readonly string[]; readonly steps?: Migrations } = {},
): Promise<void> {
  await db.schema
    .createTable(LOG)
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .execute();
  for (const name of await pendingMigrations(db, steps)) {
    if (only !== undefined && !only.includes(name)) continue;
    await steps[name]?.up(db);
    await sql`insert into ${sql.table(LOG)} (name) values (${name})`.execute(db);
  }
}

const LOG = 'migration';
