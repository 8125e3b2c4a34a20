/** What was said in the chats on our own pages, so that a page opened again shows the conversation. */
import type { Person } from '../model/chat.ts';
import { Message } from '../model/message.ts';
import type { WebMessage } from '../model/web-message.ts';
import { prepare } from './prepared.ts';
import type { WebMessageRow } from './rows/message-rows.ts';
import type { Transaction } from './store.ts';

/** False where this very message is there already. */
export async function insertWebMessage(tx: Transaction, message: WebMessage): Promise<boolean> {
  const { id, communityId } = message;
  const sealer = await tx.sealer(communityId);
  const inserted = await tx.run(INSERT, {
    id,
    community: communityId,
    chat: message.chatAddress,
    sender: message.senderAddress,
    body: sealer.seal(JSON.stringify(message.message), id, COLUMN),
    at: message.at.getTime(),
  });
  return inserted.length > 0;
}

interface Insert extends Record<string, string | number | null> {
  id: string;
  community: string;
  chat: string;
  sender: string | null;
  body: string;
  at: number;
}

const INSERT = prepare<Insert>()((db, value) =>
  db
    .insertInto('web_message')
    .values({
      id: value('id'),
      community_id: value('community'),
      chat_address: value('chat'),
      sender_address: value('sender'),
      body_sealed: value('body'),
      at: value('at'),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id'),
);

export interface WebMessageQuery {
  readonly communityId: string;
  readonly chatAddress: string;
  readonly since: Date;
  readonly limit: number;
}

/** The newest `limit` that came at `since` or later, oldest first. */
export async function listWebMessages(tx: Transaction, query: WebMessageQuery): Promise<WebMessage[]> {
  const rows = await tx.run(LIST, {
    community: query.communityId,
    chat: query.chatAddress,
    since: query.since.getTime(),
    limit: query.limit,
  });
  const sealer = await tx.sealer(query.communityId);
  return rows.reverse().map((row) => ({
    id: row.id,
    communityId: row.community_id,
    chatAddress: row.chat_address,
    senderAddress: row.sender_address,
    message: Message.parse(JSON.parse(sealer.open(row.body_sealed, row.id, COLUMN))),
    at: new Date(row.at),
  }));
}

const LIST = prepare<{ community: string; chat: string; since: number; limit: number }>()<WebMessageRow>((db, value) =>
  db
    .selectFrom('web_message')
    .selectAll()
    .where('chat_address', '=', value('chat'))
    .where('community_id', '=', value('community'))
    .where('at', '>=', value('since'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(value('limit')),
);

/** The pages are no archive: what is old goes. */
export async function forgetWebMessages(tx: Transaction, before: Date): Promise<void> {
  await tx.db.deleteFrom('web_message').where('at', '<', before.getTime()).execute();
}

/** Everything in the private chats of a person and everything they said in a group; before their addresses go. */
export async function deleteWebMessagesOf(
  tx: Transaction,
  { id, communityId }: Pick<Person, 'id' | 'communityId'>,
): Promise<void> {
  const addresses = tx.db
    .selectFrom('person_address')
    .select('address')
    .where('person_id', '=', id)
    .where('channel', '=', 'web');
  await tx.db
    .deleteFrom('web_message')
    .where('community_id', '=', communityId)
    .where((where) => where.or([where('chat_address', 'in', addresses), where('sender_address', 'in', addresses)]))
    .execute();
}

const COLUMN = 'web_message.body';
