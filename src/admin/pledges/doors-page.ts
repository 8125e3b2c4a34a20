/** A building's doors on paper, for whoever goes there; only doors that somebody told, shown for a reason that is kept. */
import { html } from 'hono/html';
import { z } from 'zod';
import { type DoorList, type KnownDoor, listDoors } from '../../features/pledges/door-list-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { listAreas } from '../../store/community-table.ts';
import { selectField, textField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, readForm, requiredText, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { buildingWords, byBuilding, count, pledgeWords } from './pledge-words.ts';
import { DOOR_LIST_TEXTS, PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

export async function showAsk(visit: Visit, typed: Typed = {}, faults: Faults = {}): Promise<Response> {
  const words = wordsFor(visit, DOOR_LIST_TEXTS);
  const shared = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const choices = byBuilding(visit, areas).map((area) => ({
    value: area.id,
    label: buildingWords(visit, area, areas),
  }));
  const form = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const ask = html`<form method="post" action="/admin/pledges/doors">${selectField(form, { name: 'building', label: words('doors.building'), choices })}
${textField(form, { name: 'reason', label: shared('pledges.reason'), hint: shared('pledges.reason-hint') })}
<p class="actions"><button>${words('doors.button')}</button></p></form>`;
  const empty = html`<p class="empty">${words('doors.no-buildings')} <a href="/admin/settings/areas">${shared('pledges.base-enter')}</a></p>`;
  const body = html`<p>${words('doors.help')}</p>${choices.length === 0 ? empty : ask}`;
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  return showPage(visit, { title: words('doors.title'), section: 'pledges', back: backToPledges(visit), body, status });
}

const AskForm = z.object({ building: requiredText(40), reason: requiredText(100) });

export async function showDoors(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, AskForm);
  if (!form.ok) return showAsk(visit, form.typed, form.faults);
  const { parts, community, staff, now } = visit;
  const { building: areaId, reason } = form.value;
  const list = await parts.store.write((tx) => listDoors(tx, community, { areaId, reason, staffId: staff.id }, now));
  if (list === null) return showAsk(visit, visit.form.fields, { building: 'fault.not-offered' });
  const areas = await parts.store.read((tx) => listAreas(tx, community.id));
  const words = wordsFor(visit, DOOR_LIST_TEXTS);
  const body = html`${summary(visit, list)}<p class="hint on-screen">${words('doors.print')}</p>
${doorTable(visit, words('doors.pledged', { count: list.pledged.length }), list.pledged, false)}
${doorTable(visit, words('doors.earlier', { count: list.earlier.length }), list.earlier, true)}
<p class="hint">${words('doors.made', { when: momentWords(now, community), who: staff.displayName })}</p>`;
  const title = words('doors.title-of', { building: buildingWords(visit, list.area, areas) });
  return showPage(visit, { title, section: 'pledges', back: backToPledges(visit), body });
}

function summary(visit: Visit, { pledged, unknown }: DoorList): Html {
  const words = wordsFor(visit, DOOR_LIST_TEXTS);
  const known = count(visit, pledged.length);
  if (unknown === null || unknown === 0) return html`<p class="lead">${words('doors.summary', { pledged: known })}</p>`;
  return html`<p class="lead">${words('doors.summary-unknown', { pledged: known, unknown: count(visit, unknown) })}</p>`;
}

function doorTable(visit: Visit, heading: string, doors: readonly KnownDoor[], isVisit: boolean): Html | '' {
  if (doors.length === 0) return '';
  const words = wordsFor(visit, DOOR_LIST_TEXTS);
  const rows = doors.map(({ place, people, habits }) => {
    const last = isVisit ? '' : pledgeWords(visit).habits(habits);
    return html`<tr><td>${place.unit ?? ''}</td><td>${place.room ?? words('doors.no-room')}</td><td>${people ?? ''}</td><td>${last}</td></tr>`;
  });
  const last = words(isVisit ? 'doors.column-note' : 'doors.column-habits');
  return html`<section><h2>${heading}</h2>${isVisit ? html`<p>${words('doors.earlier-help')}</p>` : ''}
<table class="${isVisit ? 'sign-in' : 'doors'}"><thead><tr><th scope="col">${words('doors.column-unit')}</th><th scope="col">${words('doors.column-room')}</th><th scope="col">${words('doors.column-people')}</th><th scope="col">${last}</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function backToPledges(visit: Visit) {
  return { path: '/pledges', label: wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.title') };
}
