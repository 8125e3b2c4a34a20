/** What a person does at a page: records, messages and questions in one transaction, and the messages leave after it. */
import type { Commit } from '../admin/admin-parts.ts';
import type { Bot } from '../runtime/bot.ts';
import type { Departing } from '../runtime/outgoing-writer.ts';
import { findCommunity } from '../store/community-table.ts';
import type { Store } from '../store/store.ts';

export function pageCommit(store: Store, bot: () => Bot): Commit {
  return async (communityId, feature, work) => {
    const { follow, dispatcher } = bot();
    const { result, departing } = await store.write(async (tx) => {
      const { result, effects } = await work(tx);
      const community = effects === undefined ? null : await findCommunity(tx, communityId);
      const departing: readonly Departing[] =
        community === null || effects === undefined ? [] : await follow(tx, community, feature, effects);
      return { result, departing };
    });
    dispatcher.handOver(departing);
    dispatcher.nudge();
    return result;
  };
}
