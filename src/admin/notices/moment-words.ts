/** A moment somebody is told about: only the time where it is today, with its day otherwise. */
import { localDate } from '../../lib/zoned-time.ts';
import { dayWords, timeWords } from '../local-words.ts';
import type { Visit } from '../visit.ts';

export function spokenMoment({ community, now }: Pick<Visit, 'community' | 'now'>, at: Date): string {
  const { zone } = community.settings;
  const time = timeWords(at, community);
  return localDate(at, zone) === localDate(now, zone) ? time : `${dayWords(at, community)} ${time}`;
}
