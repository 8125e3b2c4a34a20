/** Every value of every table, what is sealed opened: for tests of what is left of a person. */
import { sql } from 'kysely';
import type { Transaction } from '../../src/store/store.ts';

export interface Kept {
  /** `table.column`. */
  readonly where: string;
  readonly text: string;
  /** Whose row it is; `null` where the table does not say. */
  readonly communityId: string | null;
}

const SEALED = '_sealed';

/** Throws where something sealed cannot be opened: nothing may hide from such a test. */
export async function everythingKept(tx: Transaction, ...communityIds: readonly string[]): Promise<Kept[]> {
  const sealers = await Promise.all(communityIds.map((id) => tx.sealer(id)));
  const kept: Kept[] = [];
  for (const { name: table, columns } of await tx.db.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(tx.db);
    for (const row of rows) {
      const ids = Object.values(row).filter((value) => typeof value === 'string');
      for (const { name: column } of columns) {
        const value = row[column];
        if (typeof value !== 'string') continue;
        const where = `${table}.${column}`;
        const text = column.endsWith(SEALED)
          ? openedWith(sealers, ids, (sealer, id) => sealer.open(value, id, where.slice(0, -SEALED.length)))
          : value;
        const { community_id: communityId } = row;
        kept.push({ where, text, communityId: typeof communityId === 'string' ? communityId : null });
      }
    }
  }
  return kept;
}

/** What is sealed is sealed to the id of its row, which stands in another column. */
function openedWith<S>(sealers: readonly S[], ids: readonly string[], open: (sealer: S, id: string) => string): string {
  for (const sealer of sealers) {
    for (const id of ids) {
      try {
        return open(sealer, id);
      } catch {
        // Sealed to another column, or by another community.
      }
    }
  }
  throw new Error('what was sealed cannot be opened by any value of its row');
}
