/** What the bot said on the web is known by its kind, so that notices and tips can be told from answers to one person. */
import type { Db } from './0001-first-tables/columns.ts';

export async function addWebMessageKind(db: Db): Promise<void> {
  await db.schema.alterTable('web_message').addColumn('kind', 'text').execute();
}
