/** What about a chain a person has to decide; each is asked once, however often the next copy brings it. */
import type { Selectable } from 'kysely';
import type { ChainDoubt } from '../model/chain.ts';
import type { ChainDoubtRow } from './rows/chain-rows.ts';
import type { Transaction } from './store.ts';

/** `doubtKey` tells it from the other doubts of its chain. */
export type NewDoubt = Omit<ChainDoubt, 'id'> & { readonly doubtKey: string };

/** False where it was raised before, answered or not. */
export async function raiseDoubt(tx: Transaction, doubt: NewDoubt): Promise<boolean> {
  const row = await tx.db
    .insertInto('chain_doubt')
    .values({
      id: tx.newId(),
      community_id: doubt.communityId,
      chain_id: doubt.chainId,
      entry_id: doubt.entryId,
      other_entry_id: doubt.otherEntryId,
      kind: doubt.kind,
      doubt_key: doubt.doubtKey,
      number: doubt.number,
      raised_at: doubt.raisedAt.getTime(),
      answered_at: null,
      staff_id: null,
    })
    .onConflict((conflict) => conflict.columns(['chain_id', 'doubt_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The oldest first; of one chain where it is named. */
export async function listOpenDoubts(
  tx: Transaction,
  communityId: string,
  query: { readonly chainId?: string; readonly limit: number },
): Promise<ChainDoubt[]> {
  let rows = tx.db
    .selectFrom('chain_doubt')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('answered_at', 'is', null);
  if (query.chainId !== undefined) rows = rows.where('chain_id', '=', query.chainId);
  const found = await rows.orderBy('raised_at').orderBy('id').limit(query.limit).execute();
  return found.map(doubtOf);
}

export async function countOpenDoubts(
  tx: Transaction,
  communityId: string,
  chainIds?: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (chainIds?.length === 0) return new Map();
  let rows = tx.db
    .selectFrom('chain_doubt')
    .select((eb) => ['chain_id', eb.fn.countAll<number>().as('doubts')])
    .where('community_id', '=', communityId)
    .where('answered_at', 'is', null);
  if (chainIds !== undefined) rows = rows.where('chain_id', 'in', chainIds);
  const found = await rows.groupBy('chain_id').execute();
  return new Map(found.map((row) => [row.chain_id, Number(row.doubts)]));
}

/** Still open, and held until the transaction ends. */
export async function holdOpenDoubt(tx: Transaction, communityId: string, id: string): Promise<ChainDoubt | null> {
  const row = await tx.db
    .updateTable('chain_doubt')
    .set((eb) => ({ raised_at: eb.ref('raised_at') }))
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .where('answered_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : doubtOf(row);
}

export async function settleDoubt(
  tx: Transaction,
  id: string,
  by: { readonly staffId: string | null; readonly now: Date },
): Promise<void> {
  await tx.db
    .updateTable('chain_doubt')
    .set({ answered_at: by.now.getTime(), staff_id: by.staffId })
    .where('id', '=', id)
    .execute();
}

/** What became clear by itself need not be asked any more; with `kind`, that alone. */
export async function settleDoubtsOfEntry(
  tx: Transaction,
  entryId: string,
  by: { readonly staffId: string | null; readonly now: Date; readonly kind?: ChainDoubt['kind'] },
): Promise<void> {
  let rows = tx.db
    .updateTable('chain_doubt')
    .set({ answered_at: by.now.getTime(), staff_id: by.staffId })
    .where('entry_id', '=', entryId)
    .where('answered_at', 'is', null);
  if (by.kind !== undefined) rows = rows.where('kind', '=', by.kind);
  await rows.execute();
}

export async function settleDoubtsOfChain(
  tx: Transaction,
  chainId: string,
  by: { readonly staffId: string | null; readonly now: Date; readonly kind?: ChainDoubt['kind'] },
): Promise<void> {
  let rows = tx.db
    .updateTable('chain_doubt')
    .set({ answered_at: by.now.getTime(), staff_id: by.staffId })
    .where('chain_id', '=', chainId)
    .where('answered_at', 'is', null);
  if (by.kind !== undefined) rows = rows.where('kind', '=', by.kind);
  await rows.execute();
}

function doubtOf(row: Selectable<ChainDoubtRow>): ChainDoubt {
  return {
    id: row.id,
    communityId: row.community_id,
    chainId: row.chain_id,
    entryId: row.entry_id,
    otherEntryId: row.other_entry_id,
    kind: row.kind,
    number: row.number,
    raisedAt: new Date(row.raised_at),
  };
}
