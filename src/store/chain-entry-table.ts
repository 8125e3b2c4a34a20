/** The entries of chains. What somebody wrote is sealed; that two lines are the same is seen by their keyed hash. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { ChainLine, ChainWriter, type KeptEntry } from '../model/chain.ts';
import type { ChainEntryRow } from './rows/chain-rows.ts';
import type { Transaction } from './store.ts';

const LINE = 'chain_entry.line';

export async function insertEntry(tx: Transaction, entry: Omit<KeptEntry, 'id'>): Promise<KeptEntry> {
  const record: KeptEntry = { ...entry, id: tx.newId() };
  await tx.db
    .insertInto('chain_entry')
    .values({
      id: record.id,
      chain_id: record.chainId,
      community_id: record.communityId,
      ...(await columnsOf(tx, record)),
    })
    .execute();
  return record;
}

/** What was erased since the entry was read stays erased. */
export async function updateEntry(tx: Transaction, entry: KeptEntry): Promise<void> {
  let rows = tx.db
    .updateTable('chain_entry')
    .set(await columnsOf(tx, entry))
    .where('id', '=', entry.id);
  if (entry.line !== null) rows = rows.where('line_sealed', 'is not', null);
  await rows.execute();
}

export async function findEntry(tx: Transaction, communityId: string, id: string): Promise<KeptEntry | null> {
  const row = await tx.db
    .selectFrom('chain_entry')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : entryOf(tx, row);
}

/** In the order of the list. */
export async function listEntries(tx: Transaction, chainIds: readonly string[]): Promise<KeptEntry[]> {
  if (chainIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('chain_entry')
    .selectAll()
    .where('chain_id', 'in', chainIds)
    .orderBy('chain_id')
    .orderBy('position')
    .orderBy('id')
    .execute();
  return Promise.all(rows.map((row) => entryOf(tx, row)));
}

/** By the keys of their lines, as they are and as they were before an edit: enough to see which chain a copy belongs to, and nothing is opened for it. */
export async function listLineKeys(
  tx: Transaction,
  chainIds: readonly string[],
): Promise<{ readonly chainId: string; readonly lineKey: string }[]> {
  if (chainIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('chain_entry')
    .select(['chain_id', 'line_key', 'former_keys'])
    .where('chain_id', 'in', chainIds)
    .execute();
  return rows.flatMap(({ chain_id: chainId, line_key, former_keys }) =>
    [line_key, ...Keys.parse(JSON.parse(former_keys))].map((lineKey) => ({ chainId, lineKey })),
  );
}

export interface WriterOfEntries {
  readonly personId: string;
  readonly authorKeys: readonly string[];
}

/** Written by this person, or from an address of theirs. */
export async function listEntriesOf(
  tx: Transaction,
  communityId: string,
  writer: WriterOfEntries,
): Promise<KeptEntry[]> {
  const rows = await tx.db
    .selectFrom('chain_entry')
    .selectAll()
    .where('community_id', '=', communityId)
    .where((eb) =>
      eb.or([
        eb('person_id', '=', writer.personId),
        ...(writer.authorKeys.length === 0 ? [] : [eb('author_key', 'in', [...writer.authorKeys])]),
      ]),
    )
    .execute();
  return Promise.all(rows.map((row) => entryOf(tx, row)));
}

/** Those that stand and became one of these records. */
export async function listEntriesOfRecords(
  tx: Transaction,
  communityId: string,
  recordIds: readonly string[],
): Promise<KeptEntry[]> {
  if (recordIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('chain_entry')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('state', '=', 'standing')
    .where('record_id', 'in', [...recordIds])
    .execute();
  return Promise.all(rows.map((row) => entryOf(tx, row)));
}

/** Two records of one human became one. */
export async function giveEntries(tx: Transaction, fromPersonId: string, toPersonId: string): Promise<void> {
  await tx.db.updateTable('chain_entry').set({ person_id: toPersonId }).where('person_id', '=', fromPersonId).execute();
}

/** What was written is gone; the hash of the line alone keeps the next copy from bringing it back. */
export async function eraseEntries(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('chain_entry')
    .set({
      line_sealed: null,
      author_key: null,
      person_id: null,
      state: 'dropped',
      record_id: null,
      refused: null,
    })
    .where('id', 'in', ids)
    .execute();
  await tx.db.deleteFrom('chain_doubt').where('entry_id', 'in', ids).execute();
  await tx.db.deleteFrom('chain_doubt').where('other_entry_id', 'in', ids).execute();
}

async function columnsOf(tx: Transaction, entry: KeptEntry) {
  const sealer = await tx.sealer(entry.communityId);
  return {
    position: entry.position,
    line_sealed: entry.line === null ? null : sealer.seal(sealedText(entry), entry.id, LINE),
    line_key: entry.lineKey,
    former_keys: JSON.stringify(entry.formerKeys),
    author_key: entry.authorKey,
    person_id: entry.personId,
    written_at: entry.writtenAt.getTime(),
    line_at: entry.lineAt.getTime(),
    relayed: entry.relayed ? 1 : 0,
    state: entry.state,
    state_at: entry.stateAt.getTime(),
    off_by: entry.offBy,
    record_id: entry.record?.id ?? null,
    record_was_there: entry.record?.wasThere === true ? 1 : 0,
    refused: entry.refused,
  };
}

async function entryOf(tx: Transaction, row: Selectable<ChainEntryRow>): Promise<KeptEntry> {
  const sealer = await tx.sealer(row.community_id);
  const written = row.line_sealed === null ? null : sealer.open(row.line_sealed, row.id, LINE);
  const { line, writer } = written === null ? { line: null, writer: null } : Written.parse(JSON.parse(written));
  return {
    id: row.id,
    chainId: row.chain_id,
    communityId: row.community_id,
    position: row.position,
    line,
    writer,
    lineKey: row.line_key,
    formerKeys: Keys.parse(JSON.parse(row.former_keys)),
    authorKey: row.author_key,
    personId: row.person_id,
    writtenAt: new Date(row.written_at),
    lineAt: new Date(row.line_at),
    relayed: row.relayed === 1,
    state: row.state,
    stateAt: new Date(row.state_at),
    offBy: row.off_by,
    record: row.record_id === null ? null : { id: row.record_id, wasThere: row.record_was_there === 1 },
    refused: row.refused,
  };
}

const Keys = z.array(z.string());

const Written = z.object({ line: ChainLine, writer: ChainWriter.nullable() });

function sealedText({ line, writer }: KeptEntry): string {
  return JSON.stringify({ line, writer });
}
