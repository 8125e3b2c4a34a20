/** What a resident sees: their own talk with the bot, and among it what the committee told everybody. */

import { webGroupAddress } from '../../model/web-group.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { ChatKey } from './chat-hub.ts';
import { history, SHOWN, type WebDesk } from './web-desk.ts';
import type { WebRecords } from './web-parts.ts';

export interface ResidentHistory {
  /** Oldest first. */
  readonly messages: readonly WebMessage[];
  /** Nothing has been said between them and the bot. */
  readonly isNewcomer: boolean;
}

// Whoever comes for the first time finds the last few, so that the page is not empty; older ones are no news.
const FRESH_POSTS = 5;
const FRESH_MS = 14 * 24 * 60 * 60 * 1000;

/** Everything since the talk began (as far as it is shown), and the fresh ones from before. */
export async function residentHistory(desk: WebDesk, reader: ChatKey, now: Date): Promise<ResidentHistory> {
  const own = await history(desk, reader);
  const posts = await readPosts(desk.records, reader, new Date(0), SHOWN);
  const begun = own[0]?.at ?? now;
  const freshFrom = now.getTime() - FRESH_MS;
  const fresh = new Set(posts.slice(-FRESH_POSTS).filter(({ at }) => at.getTime() >= freshFrom));
  const seen = posts.filter((post) => post.at >= begun || fresh.has(post));
  const messages = [...own, ...seen].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return { messages: messages.slice(-SHOWN), isNewcomer: own.length === 0 };
}

export function readPosts(
  records: WebRecords,
  reader: ChatKey,
  since: Date,
  limit: number,
): Promise<readonly WebMessage[]> {
  return records.posts({ reader, chatAddress: webGroupAddress(reader.communityId), since, limit });
}
