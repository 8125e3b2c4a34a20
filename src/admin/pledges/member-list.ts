/** The residents who speak for a household, for whoever gave a reason to see them, with what can be done about each. */
import { html } from 'hono/html';
import type { HouseholdMember } from '../../features/pledges/member-office-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { dayWords } from '../local-words.ts';
import { erasePath } from '../people/erase-page.ts';
import { PEOPLE_TEXTS } from '../people/people-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { HOUSEHOLD_TEXTS } from './pledges-texts.ts';

/** In full: the view was written into the audit log. */
export function memberList(visit: Visit, householdId: string, members: readonly HouseholdMember[]): Html | '' {
  if (members.length === 0) return '';
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const here = `/pledges/${householdId}`;
  const lines = members.map((member) => {
    const { personId, name, phone, joinedAt, isDoubted } = member;
    const since = words('household.member-since', { day: dayWords(joinedAt, visit.community) });
    const mark = isDoubted ? html` <span class="mark">${words('household.member-doubted')}</span>` : '';
    return html`<li class="split"><span><strong>${name ?? words('household.unnamed')}</strong> ${phone ?? ''}${mark} <span class="hint">${since}</span></span>
<span class="buttons"><a class="button quiet" href="/admin${here}/members/${personId}/take-out">${words('household.take-out')}</a><a class="button quiet" href="${erasePath(personId, here)}">${wordsFor(visit, PEOPLE_TEXTS)('people.erase')}</a></span></li>`;
  });
  return html`<section><h2>${words('household.who')}</h2><ul class="rows people">${lines}</ul></section>`;
}
