/** What the bot last said in a chat, for whoever has to make sense of the next sentence there. */
import { Message } from '../model/message.ts';
import type { Transaction } from './store.ts';

export interface LastSaid {
  readonly textKey: string;
  readonly text: string;
}

/** How many of the latest messages in a chat are this one in a row, of as many as are asked for. */
export async function countSaidInARow(
  tx: Transaction,
  chatId: string,
  textKey: string,
  limit: number,
): Promise<number> {
  const rows = await tx.db
    .selectFrom('outbox')
    .select('text_key')
    .where('chat_id', '=', chatId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const other = rows.findIndex((row) => row.text_key !== textKey);
  return other === -1 ? rows.length : other;
}

/** `null` where nothing is kept any more. */
export async function findLastSaid(tx: Transaction, chatId: string, before: Date): Promise<LastSaid | null> {
  const row = await tx.db
    .selectFrom('outbox')
    .select(['id', 'community_id', 'text_key', 'body_sealed'])
    .where('chat_id', '=', chatId)
    .where('created_at', '<', before.getTime())
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const sealer = await tx.sealer(row.community_id);
  const { text } = Message.parse(JSON.parse(sealer.open(row.body_sealed, row.id, 'outbox.body')));
  return { textKey: row.text_key, text };
}
