/** Places, platforms and times of the pages on binding, in the words of the community. */
import type { Words } from '../../features/binding/area-name.ts';
import { channelName } from '../../features/binding/channel-name.ts';
import type { ChannelName } from '../../model/channel-name.ts';
import type { Community } from '../../model/community.ts';
import type { Visit } from '../visit.ts';

/** What a feature names, on a page. */
export function placeWords({ content, community }: Visit): Words {
  return ({ key, variables }) => content.texts.render(community.locale, key, variables, key);
}

export function channelWords(visit: Visit, channel: ChannelName): string {
  return placeWords(visit)(channelName(channel));
}

/** The time of day: what is good for half an hour needs no date. */
export function timeWords(at: Date, { locale, settings }: Community): string {
  const time = { timeZone: settings.zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locale, time).format(at);
}
