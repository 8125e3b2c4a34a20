/** Which community somebody belongs to who writes for the first time. */
import type { Inbound } from '../model/inbound.ts';
import { findCommunity, listCommunities } from '../store/community-table.ts';
import type { Transaction } from '../store/store.ts';

/** An account that bears a community's id is that community's (the web); otherwise there must be only one to belong to. */
export async function homeOf(tx: Transaction, { channel, account }: Inbound): Promise<string | null> {
  const named = await findCommunity(tx, account);
  if (named !== null) return named.id;
  // A page of a community that has been removed belongs to no other.
  if (channel === 'web') return null;
  const all = await listCommunities(tx);
  const real = all.filter((community) => !community.isSample);
  // Whoever tries the bot on a real platform before the committee has begun tries it on the sample.
  const [only, another] = real.length > 0 ? real : all;
  return only === undefined || another !== undefined ? null : only.id;
}
