/** What was said in the chats on our own pages, so that a page opened again shows the conversation. */
import type { Person } from '../model/chat.ts';
import { Message } from '../model/message.ts';
import type { OutgoingKind } from '../model/outgoing.ts';
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
    kind: message.kind,
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
  kind: OutgoingKind | null;
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
      kind: value('kind'),
      body_sealed: value('body'),
      at: value('at'),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id'),
);

export async function findWebMessage(tx: Transaction, communityId: string, id: string): Promise<WebMessage | null> {
  const rows = await tx.db
    .selectFrom('web_message')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .execute();
  const [found = null] = await opened(tx, communityId, rows);
  return found;
}

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
  return opened(tx, query.communityId, rows);
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

/**
 * What the bot told a whole group unasked: notices and tips, none of its answers. `until` leaves out what came later,
 * but for what was urgent: a burst pipe is told to those too who want no messages, here as everywhere.
 */
export async function listWebPosts(
  tx: Transaction,
  query: WebMessageQuery & { readonly until: Date | null },
): Promise<WebMessage[]> {
  const rows = await tx.run(LIST_POSTS, {
    community: query.communityId,
    chat: query.chatAddress,
    since: query.since.getTime(),
    until: query.until?.getTime() ?? Number.MAX_SAFE_INTEGER,
    limit: query.limit,
  });
  return opened(tx, query.communityId, rows);
}

interface ListPosts extends Record<string, string | number> {
  community: string;
  chat: string;
  since: number;
  until: number;
  limit: number;
}

const LIST_POSTS = prepare<ListPosts>()<WebMessageRow>((db, value) =>
  db
    .selectFrom('web_message')
    .selectAll()
    .where('chat_address', '=', value('chat'))
    .where('community_id', '=', value('community'))
    .where('kind', 'in', ['notice', 'tip'])
    .where('at', '>=', value('since'))
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('at', '<=', value('until')),
        exists(
          selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.id', '=', 'web_message.id')
            .where('outbox.urgent', '=', 1),
        ),
      ]),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(value('limit')),
);

/** Oldest first. */
async function opened(tx: Transaction, communityId: string, rows: readonly WebMessageRow[]): Promise<WebMessage[]> {
  const sealer = await tx.sealer(communityId);
  return rows.toReversed().map((row) => ({
    id: row.id,
    communityId: row.community_id,
    chatAddress: row.chat_address,
    senderAddress: row.sender_address,
    kind: row.kind,
    message: Message.parse(JSON.parse(sealer.open(row.body_sealed, row.id, COLUMN))),
    at: new Date(row.at),
  }));
}

/** False where it was not there. */
export async function deleteWebMessage(tx: Transaction, communityId: string, id: string): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('web_message')
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}

/** The pages are no archive: what is old goes, a page of it at a time. True while there is more. */
export async function forgetWebMessages(tx: Transaction, before: Date): Promise<boolean> {
  const { db } = tx;
  const oldest = db.selectFrom('web_message').select('id').where('at', '<', before.getTime());
  const page = oldest.orderBy('at').limit(FORGET_PAGE);
  const gone = await db.deleteFrom('web_message').where('id', 'in', page).returning('id').execute();
  return gone.length === FORGET_PAGE;
}

const FORGET_PAGE = 200;

/** Everything in the private chats of a person and everything they said in a group; before their addresses go. */
export async function deleteWebMessagesOf(
  tx: Transaction,
  { id, communityId }: Pick<Person, 'id' | 'communityId'>,
): Promise<void> {
  const addresses = await webAddressesOf(tx, id);
  if (addresses.length === 0) return;
  // One index each: a single statement for both would read the whole table.
  for (const column of ['chat_address', 'sender_address'] as const) {
    await tx.db
      .deleteFrom('web_message')
      .where(column, 'in', addresses)
      .where('community_id', '=', communityId)
      .execute();
  }
}

async function webAddressesOf({ db }: Transaction, personId: string): Promise<string[]> {
  const chats = db.selectFrom('chat').select('address').where('person_id', '=', personId).where('channel', '=', 'web');
  const own = db.selectFrom('person_address').select('address');
  const rows = await chats.union(own.where('person_id', '=', personId).where('channel', '=', 'web')).execute();
  return rows.map(({ address }) => address);
}

const COLUMN = 'web_message.body';
