/** People, where they write from, their chats and households. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createPeople(db: Db): Promise<void> {
  await table(db, 'person')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('name_sealed', 'text')
    .addColumn('phone_sealed', 'text')
    .addColumn('phone_hash', 'text')
    .addColumn('consented_at', 'bigint')
    .addColumn('consent_version', 'text')
    .addColumn('created_at', 'bigint', required)
    .execute();
  await table(db, 'person_address')
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_address_key', ['channel', 'account', 'address'])
    .execute();
  await table(db, 'chat')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('title', 'text')
    .addColumn('area_id', 'text', (c) => c.references('area.id').onDelete('set null'))
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('cascade'))
    .addColumn('state', 'text', required)
    .addColumn('unasked_stopped_at', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('chat_address_key', ['channel', 'account', 'address'])
    .execute();
  await table(db, 'household')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('area_id', 'text', (c) => c.references('area.id').onDelete('set null'))
    .addColumn('building', 'text', required)
    .addColumn('door_sealed', 'text', required)
    .addColumn('door_hash', 'text', required)
    .addColumn('people', 'integer', (c) => c.check(sql`people is null or (people > 0 and people <= 30)`))
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('household_door_key', ['community_id', 'door_hash'])
    .execute();
  await table(db, 'household_member')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('household_id', 'text', (c) => c.notNull().references('household.id').onDelete('cascade'))
    .addColumn('joined_at', 'bigint', required)
    .execute();
}
