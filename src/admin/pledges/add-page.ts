/** A pledge made on paper, written down by hand: the door, the habits, how many they are. No name, no phone. */
import { html } from 'hono/html';
import { z } from 'zod';
import { listPledgePage } from '../../features/pledges/household-list-service.ts';
import { importPledges, type PaperResult } from '../../features/pledges/pledge-import-service.ts';
import { listAreas } from '../../store/community-table.ts';
import type { Flash } from '../flash.ts';
import { textField } from '../form-fields.ts';
import { goTo, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, optionalText, readForm, TickedOnes, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { DOOR_FIELDS, doorFields, placeOf } from './door-fields.ts';
import { habitBoxes } from './habit-boxes.ts';
import { DOOR_TEXTS, PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

interface NewForm {
  readonly typed: Typed;
  readonly faults: Faults;
  /** Somebody looked for this door and it is not there. */
  readonly isNotFound?: boolean;
}

export async function showNew(visit: Visit, { typed, faults, isNotFound = false }: NewForm): Promise<Response> {
  const words = wordsFor(visit, DOOR_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const form = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const people = textField(form, {
    name: 'people',
    label: words('door.people'),
    hint: words('door.people-hint'),
    type: 'number',
    isShort: true,
  });
  const body = html`<p>${words(isNotFound ? 'door.not-found' : 'door.new-help')}</p>
<form method="post" action="/admin/pledges/new"><div class="side-by-side">${doorFields(visit, form, areas)}${people}</div>
${habitBoxes(visit, form)}<p class="actions"><button>${words('door.new-button')}</button></p></form>`;
  const back = { path: '/pledges', label: wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.title') };
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  return showPage(visit, { title: words('door.new'), section: 'pledges', back, body, status });
}

const NewForm = z.object({ ...DOOR_FIELDS, people: optionalText(10), habits: TickedOnes });

export async function create(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, NewForm);
  if (!form.ok) return showNew(visit, form);
  const { parts, community, content, staff, now } = visit;
  const door = placeOf(form.value, await parts.store.read((tx) => listAreas(tx, community.id)));
  const { compound = '', building = '', unit = '', room = '' } = door;
  const row = { line: 1, compound, building, unit, room, people: form.value.people };
  const list = { community, book: content, staffId: staff.id, now };
  const [result] = await importPledges(parts.store, list, [{ ...row, habits: form.value.habits.join(' ') }]);
  const faults = result === undefined || result.ok ? null : newFaults(result);
  if (faults !== null) return showNew(visit, { typed: visit.form.fields, faults });
  const { rows } = await parts.store.read((tx) => listPledgePage(tx, community, { door }, { limit: 1 }, now));
  const path = rows[0] === undefined ? '/pledges' : `/pledges/${rows[0].householdId}`;
  return goTo(visit, path, doneFlash(result));
}

function doneFlash(result: PaperResult | undefined): Flash {
  if (result?.ok !== true) return { key: 'door.is-withdrawn', isTrouble: true };
  if (result.what === 'joined') return { key: 'door.joined' };
  return { key: result.what === 'made' ? 'door.made' : 'door.known' };
}

/** `null`: the household is there and withdrew, which is shown at its own page. */
function newFaults({ why }: Extract<PaperResult, { ok: false }>): Faults | null {
  switch (why) {
    case 'withdrawn':
      return null;
    case 'no-building':
    case 'which-compound':
      return { building: 'fault.building' };
    case 'no-room':
      return { room: 'fault.empty' };
    case 'people-wrong':
      return { people: 'fault.people' };
    case 'no-habits':
    case 'unknown-habit':
      return { habits: 'fault.no-habits' };
  }
}
