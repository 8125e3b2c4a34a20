/** What stands on the web pages, read from and written to the store. */
import type { WebRecords } from '../channels/web/web-parts.ts';
import { readAttachment } from '../store/attachment-table.ts';
import { findChat } from '../store/chat-table.ts';
import type { Store } from '../store/store.ts';
import {
  deleteWebMessage,
  findWebMessage,
  insertWebMessage,
  listWebMessages,
  listWebPosts,
} from '../store/web-message-table.ts';

export function webRecords(store: Store): WebRecords {
  return {
    append: (message) => store.write((tx) => insertWebMessage(tx, message)),
    find: (communityId, id) => store.read((tx) => findWebMessage(tx, communityId, id)),
    remove: (communityId, id) => store.write((tx) => deleteWebMessage(tx, communityId, id)),
    readFile: (id) => store.read((tx) => readAttachment(tx, id)),
    list: (query) => store.read((tx) => listWebMessages(tx, query)),
    posts: ({ reader: { communityId, chatAddress }, ...query }) =>
      store.read(async (tx) => {
        const own = await findChat(tx, { channel: 'web', account: communityId, address: chatAddress });
        return listWebPosts(tx, { ...query, communityId, until: own?.unaskedStoppedAt ?? null });
      }),
  };
}
