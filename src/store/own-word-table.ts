/** What people of one community say for a thing or a habit; asked for with every message. */
import type { OwnWord } from '../model/own-word.ts';
import { prepare } from './prepared.ts';
import type { OwnWordRow } from './rows/place-rows.ts';
import type { Transaction } from './store.ts';

export interface NewOwnWord extends Omit<OwnWord, 'id'> {
  readonly communityId: string;
  readonly staffId: string | null;
  readonly now: Date;
}

/** A word that is taught again means the new thing. */
export async function putOwnWord(tx: Transaction, word: NewOwnWord): Promise<void> {
  const { kind, said, heard, meaning, meant, communityId, staffId, now } = word;
  const value = { kind, said, meaning, meant, staff_id: staffId, created_at: now.getTime() };
  await tx.db
    .insertInto('own_word')
    .values({ id: tx.newId(), community_id: communityId, heard, ...value })
    .onConflict((conflict) => conflict.columns(['community_id', 'heard']).doUpdateSet(value))
    .execute();
}

/** The word that was there; `null` where there was none of this community. */
export async function deleteOwnWord(tx: Transaction, communityId: string, id: string): Promise<OwnWord | null> {
  const row = await tx.db
    .deleteFrom('own_word')
    .where('community_id', '=', communityId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : wordOf(row);
}

/** As many as a message is matched with: more only slow the reading of every one. */
export const MOST_OWN_WORDS = 300;

/** The newest first. */
export async function listOwnWords(tx: Transaction, communityId: string): Promise<OwnWord[]> {
  const rows = await tx.run(ALL, { community: communityId });
  return rows.map(wordOf);
}

const ALL = prepare<{ community: string }>()((db, value) =>
  db
    .selectFrom('own_word')
    .selectAll()
    .where('community_id', '=', value('community'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_OWN_WORDS),
);

function wordOf({ id, kind, said, heard, meaning, meant }: OwnWordRow): OwnWord {
  return { id, kind, said, heard, meaning, meant };
}
