/** What the bot last said in a chat, for whoever has to make sense of the next sentence there. */
import { Message } from '../model/message.ts';
import type { Transaction } from './store.ts';

export interface LastSaid {
  readonly textKey: string;
  readonly text: string;
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
