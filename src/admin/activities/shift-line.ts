/** A shift in words for the committee: when it is, how many come, how many wait, what state it is in. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Shift } from '../../model/activity.ts';
import { dayWords, timeWords } from '../local-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ACTIVITIES_TEXTS } from './activities-texts.ts';

export function whenWords(visit: Visit, { startsAt, endsAt }: Shift): string {
  const { community } = visit;
  const [from, to] = [timeWords(startsAt, community), timeWords(endsAt, community)];
  return wordsFor(visit, ACTIVITIES_TEXTS)('activities.when', { day: dayWords(startsAt, community), from, to });
}

/** Taken and capacity; full is said, because colour alone tells nothing. */
export function peopleWords(visit: Visit, { taken, capacity }: Pick<Shift, 'taken' | 'capacity'>): string {
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  if (capacity === null) return words('activities.people', { taken });
  return words(taken >= capacity ? 'activities.full' : 'activities.people-of', { taken, capacity });
}

/** What is worth a word beside the numbers. */
export function stateWords(visit: Visit, { state, waiting }: Shift): string[] {
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  return [
    ...(waiting > 0 && state !== 'cancelled' ? [words('activities.waiting', { count: waiting })] : []),
    ...(state === 'closed' ? [words('activities.closed')] : []),
    ...(state === 'cancelled' ? [words('activities.called-off')] : []),
  ];
}

export function shiftPath({ id, activityId }: Pick<Shift, 'id' | 'activityId'>): string {
  return `/activities/${activityId}?shift=${id}`;
}

/** One line of a list: the name is the link, the numbers stand at the end. */
export function shiftRow(visit: Visit, shift: Shift, label: string, isHere = false): Html {
  const numbers = [peopleWords(visit, shift), ...stateWords(visit, shift)].join(' · ');
  return html`<li class="split"><span><a href="/admin${shiftPath(shift)}" ${isHere ? html`aria-current="true"` : ''}>${label}</a></span><span class="hint">${numbers}</span></li>`;
}
