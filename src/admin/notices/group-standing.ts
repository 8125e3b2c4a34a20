/** What holds up a group besides nights and caps: a person who forwards, or a connection that is away. */
import { BY_HAND } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import { type ChannelView, PLATFORMS } from '../channel-desk.ts';
import { channelsNow } from '../settings/channel-state.ts';
import type { Visit } from '../visit.ts';

/** The ids of groups. */
export interface GroupStandings {
  /** A person forwards to them. */
  readonly byHand: ReadonlySet<string>;
  /** Nothing reaches them until their account is connected again. */
  readonly away: ReadonlySet<string>;
}

export function standingsOf(visit: Visit, groups: readonly Chat[]): GroupStandings {
  const views = channelsNow(visit);
  const idsOf = (wanted: (group: Chat) => boolean) => new Set(groups.filter(wanted).map(({ id }) => id));
  return { byHand: idsOf(({ channel }) => channel === BY_HAND), away: idsOf((group) => isAway(views, group)) };
}

type Standing = Pick<ChannelView, 'name' | 'account' | 'standing'>;

/** Also where the account is not set up any more. What another process sends is not away. */
export function isAway(views: readonly Standing[], { channel, account }: Pick<Chat, 'channel' | 'account'>): boolean {
  const view = views.find((one) => one.name === channel && one.account === account);
  if (view === undefined) return PLATFORMS.some((platform) => platform === channel);
  return view.standing === 'trouble' || view.standing === 'starting';
}
