/** The form of an activity: its words, its insurance, and as many shifts as are asked for, without a script. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Activity, Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import { choiceField, type FormState, hiddenField, longField, textField } from '../form-fields.ts';
import { timeWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ACTIVITY_FORM_TEXTS } from './activities-texts.ts';
import { fieldOf, rowCount } from './activity-form-values.ts';

export interface ActivityForm {
  readonly path: string;
  readonly button: string;
  readonly typed: Typed;
  readonly faults: Faults;
  /** The shifts as they stand: who signed up for one keeps it from being dropped here. */
  readonly standing: readonly Shift[];
}

export function activityForm(visit: Visit, { path, button, typed, faults, standing }: ActivityForm): Html {
  const words = wordsFor(visit, ACTIVITY_FORM_TEXTS);
  const form: FormState = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const count = rowCount(typed);
  const rows = Array.from({ length: count }, (_, row) => shiftRow(visit, form, { row, count, standing }));
  const insured = [{ value: 'yes', label: words('activity-form.insured') }];
  const wrong = Object.keys(faults).length;
  const alarm = html`<p class="done trouble" role="alert">${words('activity-form.faults', { count: wrong })}</p>`;
  // The first button of a form is pressed by the Enter key: it saves and stands out of sight.
  return html`${wrong === 0 ? '' : alarm}<form method="post" action="/admin${path}">
<button class="unseen" name="do" value="save" tabindex="-1" aria-hidden="true">${button}</button>
${textField(form, { name: 'title', label: words('activity-form.title'), hint: words('activity-form.title-hint') })}
${textField(form, { name: 'place', label: words('activity-form.place'), hint: words('activity-form.place-hint') })}
<h2>${words('activity-form.shifts-help')}</h2>
${hiddenField('rows', String(count))}${rows}
<p><button class="quiet" name="do" value="more">${words('activity-form.more')}</button></p>
<h2>${words('activity-form.details')}</h2>
${longField(form, { name: 'details', label: words('activity-form.details-hint'), rows: 3 })}
${longField(form, { name: 'risk', label: words('activity-form.risk'), hint: words('activity-form.risk-hint'), rows: 2 })}
${choiceField(form, { name: 'insured', label: words('activity-form.insurance'), hint: words('activity-form.insurance-hint'), choices: insured, many: true })}
<p class="actions"><button name="do" value="save">${button}</button></p></form>`;
}

interface ShiftRow {
  readonly row: number;
  readonly count: number;
  readonly standing: readonly Shift[];
}

function shiftRow(visit: Visit, form: FormState, { row, count, standing }: ShiftRow): Html {
  const words = wordsFor(visit, ACTIVITY_FORM_TEXTS);
  const id = fieldOf(form.values, `shift${row}`);
  const shift = standing.find((one) => one.id === id);
  const taken = shift?.taken ?? 0;
  const mayDrop = count > 1 && taken === 0 && (shift?.waiting ?? 0) === 0;
  const hint =
    taken === 0 ? words('activity-form.capacity-hint') : words('activity-form.capacity-taken', { taken: taken });
  return html`<fieldset class="shift"><legend>${count === 1 ? words('activity-form.shift-only') : words('activity-form.shift', { number: row + 1 })}</legend>${hiddenField(`shift${row}`, id)}
<div class="side-by-side">${textField(form, { name: `day${row}`, label: words('activity-form.day'), type: 'date' })}
${textField(form, { name: `from${row}`, label: words('activity-form.from'), type: 'time' })}
${textField(form, { name: `to${row}`, label: words('activity-form.to'), type: 'time' })}
${textField(form, { name: `capacity${row}`, label: words('activity-form.capacity'), hint, type: 'number' })}</div>
${mayDrop ? html`<p><button class="quiet" name="do" value="drop-${row}">${words('activity-form.drop')}</button></p>` : ''}</fieldset>`;
}

/** What stands, as the form holds it. */
export function formValues(activity: Activity, shifts: readonly Shift[], community: Community): Typed {
  const { zone } = community.settings;
  const rows = shifts.flatMap(({ id, startsAt, endsAt, capacity }, row) => [
    [`shift${row}`, id],
    [`day${row}`, localDate(startsAt, zone)],
    [`from${row}`, timeWords(startsAt, community)],
    [`to${row}`, timeWords(endsAt, community)],
    [`capacity${row}`, capacity === null ? '' : String(capacity)],
  ]);
  const { title, place, details, risk, insured } = activity;
  const words = { title, place, details, risk: risk ?? '', rows: String(Math.max(1, shifts.length)) };
  return { ...words, ...(insured ? { insured: 'yes' } : {}), ...Object.fromEntries(rows) };
}
