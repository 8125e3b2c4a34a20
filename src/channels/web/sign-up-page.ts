/** The sign-up form as a page: the shifts that are open, and who comes. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import { hiddenFields } from './bubble.ts';
import { errorLine, field, invalid } from './form-field.ts';
import { formPage } from './form-page.ts';
import { type FieldErrors, type FormValues, one } from './form-values.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import { SIGN_UP_FIELDS } from './sign-up-form.ts';
import type { StaticFiles } from './static-files.ts';

export interface SignUpPage {
  readonly community: Community;
  readonly words: ResidentsWords;
  readonly files: StaticFiles;
  readonly shifts: readonly Shift[];
  readonly clientId: string;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  /** What went wrong with the form as a whole. */
  readonly trouble: string | null;
}

export function signUpPage(page: SignUpPage): Html {
  const { words, shifts } = page;
  return formPage({
    ...page,
    title: words('residents-page.sign-up-title'),
    intro: words(shifts.length === 0 ? 'residents-page.sign-up-none' : 'residents-page.sign-up-intro'),
    form: shifts.length === 0 ? html`` : form(page),
  });
}

function form(page: SignUpPage): Html {
  const { community, words, clientId } = page;
  return html`<form method="post" action="/c/${community.id}/sign-up" novalidate>
${hiddenFields({ id: clientId })}
${shiftChoice(page)}
${textField(page, 'party', { inputMode: 'numeric', maxLength: 4 })}
${textField(page, 'name', { hint: words('residents-page.sign-up-name-hint'), autocomplete: 'name', maxLength: 60 })}
${textField(page, 'phone', {
  hint: words('residents-page.sign-up-phone-hint'),
  type: 'tel',
  inputMode: 'tel',
  autocomplete: 'tel',
  maxLength: 24,
})}
<button class="main">${words('residents-page.sign-up-send')}</button>
</form>`;
}

function shiftChoice({ community, words, shifts, values, errors }: SignUpPage): Html {
  const error = errors.shift === undefined ? null : words(`residents-page.error-${errors.shift}`);
  const picked = shifts.length === 1 ? shifts[0]?.id : one(values, 'shift');
  return html`<fieldset class="${error === null ? '' : 'wrong'}" aria-describedby="shift-error">
<legend>${words('residents-page.sign-up-shifts')}</legend>
${errorLine('shift', error)}
${shifts.map(
  (shift, index) => html`<label class="tick"><input type="radio" name="shift" value="${shift.id}"${
    shift.id === picked ? html` checked` : ''
  }${index === 0 ? invalid(error, true) : ''}>
<span><b>${shift.title}</b><small>${shiftTime(shift, community)} · ${shift.place}</small>
<small class="places">${placesWords(shift, words)}</small></span></label>`,
)}
</fieldset>`;
}

type FieldName = 'party' | 'name' | 'phone';
type Extras = Pick<Parameters<typeof field>[0], 'hint' | 'type' | 'inputMode' | 'autocomplete' | 'maxLength'>;

function textField({ words, values, errors }: SignUpPage, name: FieldName, extras: Extras): Html {
  const error = errors[name];
  const value = one(values, name);
  return field({
    ...extras,
    name,
    label: words(`residents-page.sign-up-${name}`),
    value: name === 'party' && value === '' ? '1' : value,
    ...(name === 'party' ? {} : { optional: words('residents-page.optional') }),
    error: error === undefined ? null : words(`residents-page.error-${error}`),
    isFirstWrong: SIGN_UP_FIELDS.find((one) => errors[one] !== undefined) === name,
  });
}

function placesWords({ capacity, taken, waiting }: Shift, words: ResidentsWords): string {
  if (capacity === null) return words('residents-page.sign-up-open');
  if (taken < capacity) return words('residents-page.sign-up-places', { places: capacity - taken });
  return words('residents-page.sign-up-full', { waiting });
}

/** The day and when it begins, as people of this place write it. */
export function shiftTime({ startsAt }: Shift, { locale, settings: { zone } }: Community): string {
  const day = { month: 'long', day: 'numeric', weekday: 'short' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...day, ...time }).format(startsAt);
}
