/** How an account stands, on every page that tells it. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { ChannelView } from '../channel-desk.ts';
import { momentWords } from '../local-words.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';
import { placeWords } from './place-words.ts';

const PATH = '/settings/channels';

export function channelsNow(visit: Visit): readonly ChannelView[] {
  return visit.parts.channels.list(placeWords(visit));
}

export function channelState(visit: Visit, view: ChannelView): Html {
  const isWrong = view.standing === 'trouble';
  return html`<p class="${isWrong ? 'caution' : ''}">${view.news} <span class="hint">${lasts(visit, view)}</span></p>`;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** For what is wrong, how long people have had to do without; for the rest, since when. */
function lasts(visit: Visit, { standing, since }: ChannelView): string {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  if (standing === 'elsewhere') return '';
  if (standing === 'well') return words('channels.since', { when: momentWords(since, visit.community) });
  const minutes = Math.floor((visit.now.getTime() - since.getTime()) / MINUTE_MS);
  if (minutes < 1) return '';
  if (minutes < 2 * HOUR_MINUTES) return words('channels.for-minutes', { count: minutes });
  if (minutes < 2 * DAY_MINUTES) return words('channels.for-hours', { count: Math.floor(minutes / HOUR_MINUTES) });
  return words('channels.for-days', { count: Math.floor(minutes / DAY_MINUTES) });
}

/** On the page of the day, only while something is wrong. */
export function channelBanner(visit: Visit): Html | '' {
  const wrong = channelsNow(visit).filter(({ standing }) => standing === 'trouble');
  if (wrong.length === 0) return '';
  const label = wordsFor(visit, CHANNEL_PAGE_TEXTS)('channels.today');
  const way = isAllowed(visit, 'admin') ? html`<p><a href="/admin${PATH}">${label}</a></p>` : '';
  return html`<aside>${wrong.map((view) => channelState(visit, view))}${way}</aside>`;
}
