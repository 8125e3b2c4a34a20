/** What somebody sees who opens the address without a path: the simulator of a fresh start, then the residents' page. */
import { listCommunities } from '../store/community-table.ts';
import type { Store } from '../store/store.ts';

export interface FrontPage {
  readonly communityId: string;
  readonly isSample: boolean;
  readonly path: string;
}

export async function frontPage(store: Store): Promise<FrontPage> {
  const communities = await store.read((tx) => listCommunities(tx));
  const community = communities.find(({ isSample }) => !isSample) ?? communities[0];
  if (community === undefined) return { communityId: '', isSample: false, path: '/admin' };
  const { id, isSample } = community;
  return { communityId: id, isSample, path: isSample ? '/simulator' : `/c/${id}` };
}
