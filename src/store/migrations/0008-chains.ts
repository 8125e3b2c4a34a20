/** Lists that whole groups fill in, entry by entry, and what about them a person has to decide. */
import { sql } from 'kysely';
import { type Db, index, primary, required, table } from './0001-first-tables/columns.ts';

export async function addChains(db: Db): Promise<void> {
  await addLists(db);
  await addEntries(db);
  await addDoubts(db);
}

async function addLists(db: Db): Promise<void> {
  // `target_id` is a shift, or a plan and a year; who started it and what it is called are found by keyed hashes.
  await table(db, 'chain')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.references('chat.id').onDelete('set null'))
    .addColumn('native_key', 'text')
    .addColumn('initiator_key', 'text')
    .addColumn('theme_key', 'text', required)
    .addColumn('theme_sealed', 'text', required)
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('unmatched', 'matched', 'not-ours')`))
    .addColumn('target_kind', 'text', (c) => c.check(sql`target_kind in ('shift', 'pledges')`))
    .addColumn('target_id', 'text')
    .addColumn('declared', 'integer')
    .addColumn('started_at', 'bigint', required)
    .addColumn('heard_at', 'bigint', required)
    .addColumn('told', 'text', required)
    .addCheckConstraint('chain_matched_has_target', sql`(state = 'matched') = (target_id is not null)`)
    .execute();
  await index(db, 'chain', ['community_id', 'heard_at']);
  await index(db, 'chain', ['community_id', 'native_key'], sql`native_key is not null`);
  await index(db, 'chain', ['chat_id']);
}

async function addEntries(db: Db): Promise<void> {
  // `line_sealed` is null once its writer was erased: the hash alone keeps the next copy from bringing it back.
  await table(db, 'chain_entry')
    .addColumn('id', 'text', primary)
    .addColumn('chain_id', 'text', (c) => c.notNull().references('chain.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('position', 'integer', required)
    .addColumn('line_sealed', 'text')
    .addColumn('line_key', 'text', required)
    .addColumn('former_keys', 'text', required)
    .addColumn('author_key', 'text')
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('set null'))
    .addColumn('written_at', 'bigint', required)
    .addColumn('line_at', 'bigint', required)
    .addColumn('relayed', 'integer', required)
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('standing', 'unsure', 'withdrawn', 'dropped')`))
    .addColumn('state_at', 'bigint', required)
    .addColumn('off_by', 'text')
    .addColumn('record_id', 'text')
    .addColumn('record_was_there', 'integer', required)
    .addColumn('refused', 'text')
    .execute();
  await index(db, 'chain_entry', ['chain_id']);
  await index(db, 'chain_entry', ['community_id']);
  await index(db, 'chain_entry', ['person_id']);
  await index(db, 'chain_entry', ['author_key']);
}

async function addDoubts(db: Db): Promise<void> {
  // `doubt_key` keeps what was answered from being asked again by the next copy.
  await table(db, 'chain_doubt')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('chain_id', 'text', (c) => c.notNull().references('chain.id').onDelete('cascade'))
    .addColumn('entry_id', 'text', (c) => c.references('chain_entry.id').onDelete('cascade'))
    .addColumn('other_entry_id', 'text', (c) => c.references('chain_entry.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('doubt_key', 'text', required)
    .addColumn('number', 'integer')
    .addColumn('raised_at', 'bigint', required)
    .addColumn('answered_at', 'bigint')
    .addColumn('staff_id', 'text', (c) => c.references('staff.id').onDelete('set null'))
    .addUniqueConstraint('chain_doubt_once_key', ['chain_id', 'doubt_key'])
    .execute();
  await index(db, 'chain_doubt', ['community_id', 'raised_at'], sql`answered_at is null`);
  await index(db, 'chain_doubt', ['entry_id']);
  await index(db, 'chain_doubt', ['other_entry_id']);
  await index(db, 'chain_doubt', ['staff_id']);
}
