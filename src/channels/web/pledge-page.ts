/** The pledge form as a page, for those who would rather fill in than type. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Community } from '../../model/community.ts';
import { hiddenFields } from './bubble.ts';
import { errorLine, field, invalid } from './form-field.ts';
import { formPage } from './form-page.ts';
import { all, type FieldErrors, type FormValues, one } from './form-values.ts';
import { PLEDGE_FIELDS } from './pledge-form.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { StaticFiles } from './static-files.ts';
import type { HabitGroup } from './web-parts.ts';

export interface PledgePage {
  readonly community: Community;
  readonly words: ResidentsWords;
  readonly files: StaticFiles;
  readonly groups: readonly HabitGroup[];
  readonly notice: string;
  readonly clientId: string;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  /** What went wrong with the form as a whole. */
  readonly trouble: string | null;
}

export function pledgePage(page: PledgePage): Html {
  const { community, words, clientId, notice } = page;
  return formPage({
    ...page,
    title: words('residents-page.pledge-title'),
    intro: words('residents-page.pledge-intro'),
    form: html`<form method="post" action="/c/${community.id}/pledge" novalidate>
${hiddenFields({ id: clientId })}
${habitChoice(page)}
<fieldset><legend>${words('residents-page.pledge-household')}</legend>
<p class="hint">${words('residents-page.pledge-household-hint')}</p>
<div class="row">${placeField(page, 'building')}${placeField(page, 'unit')}${placeField(page, 'room')}</div>
${placeField(page, 'people')}
</fieldset>
${consent(page)}
<details class="notice"><summary>${words('residents-page.pledge-notice')}</summary><p class="words">${notice}</p></details>
<button class="main">${words('residents-page.pledge-send')}</button>
</form>`,
  });
}

/** Closed groups keep the page short; one that holds a tick stands open. */
function habitChoice({ words, groups, values, errors }: PledgePage): Html {
  const picked = new Set(all(values, 'habits'));
  const error = errors.habits === undefined ? null : words(`residents-page.error-${errors.habits}`);
  return html`<fieldset class="${error === null ? '' : 'wrong'}" aria-describedby="habits-error">
<legend>${words('residents-page.pledge-habits')}</legend>
${errorLine('habits', error)}
${groups.map(({ name, habits }, index) => {
  const isOpen = index === 0 || habits.some(({ id }) => picked.has(id));
  return html`<details class="group"${isOpen ? html` open` : ''}><summary>${name}</summary>
${habits.map(
  (habit, place) => html`<label class="tick"><input type="checkbox" name="habits" value="${habit.id}"${
    picked.has(habit.id) ? html` checked` : ''
  }${index === 0 && place === 0 ? invalid(error, true) : ''}>
<span><b>${habit.title}</b><small>${habit.description}</small></span></label>`,
)}</details>`;
})}
</fieldset>`;
}

type PlaceName = 'building' | 'unit' | 'room' | 'people';

function placeField({ words, values, errors }: PledgePage, name: PlaceName): Html {
  const error = errors[name];
  const isOptional = name === 'people';
  return field({
    name,
    label: words(`residents-page.pledge-${name}`),
    value: one(values, name),
    ...(isOptional ? { optional: words('residents-page.optional') } : {}),
    error: error === undefined ? null : words(`residents-page.error-${error}`),
    inputMode: name === 'people' ? 'numeric' : 'text',
    maxLength: 12,
    isFirstWrong: name === firstWrong(errors),
  });
}

function consent({ words, values, errors }: PledgePage): Html {
  const error = errors.consent === undefined ? null : words(`residents-page.error-${errors.consent}`);
  return html`<div class="field${error === null ? '' : ' wrong'}">
<label class="tick"><input type="checkbox" id="consent" name="consent" value="yes" aria-describedby="consent-error"${
    one(values, 'consent') === 'yes' ? html` checked` : ''
  }${invalid(error, firstWrong(errors) === 'consent')}>
<span>${words('residents-page.pledge-consent')}</span></label>
${errorLine('consent', error)}</div>`;
}

function firstWrong(errors: FieldErrors): string | undefined {
  return PLEDGE_FIELDS.find((name) => errors[name] !== undefined);
}
