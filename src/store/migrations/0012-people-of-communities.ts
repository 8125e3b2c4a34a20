/** An address leads to one person in each community: whoever is known in one is somebody new to another. */
import { sql } from 'kysely';
import { type Db, index, required, table } from './0001-first-tables/columns.ts';

/** Made anew, since SQLite cannot change the key of a table that is there. */
export async function addCommunityOfAddress(db: Db): Promise<void> {
  await table(db, 'person_address_next')
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_address_of_community', ['channel', 'account', 'address', 'community_id'])
    .execute();
  await sql`insert into person_address_next (channel, account, address, community_id, person_id)
    select person_address.channel, person_address.account, person_address.address, person.community_id, person.id
    from person_address inner join person on person.id = person_address.person_id`.execute(db);
  await db.schema.dropTable('person_address').execute();
  await db.schema.alterTable('person_address_next').renameTo('person_address').execute();
  await index(db, 'person_address', ['person_id']);
  await index(db, 'person_address', ['community_id']);
}
