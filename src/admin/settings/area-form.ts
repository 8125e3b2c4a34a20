/** The fields of a building or compound, and what they come to. */
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import type { AreaKind } from '../../model/records.ts';
import type { Area } from '../../store/community-table.ts';
import { choiceField, type FormState, hiddenField, selectField, textField } from '../form-fields.ts';
import { OptionalDay, oneOf, optionalNumber, optionalText, requiredText } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import type { AreaDraft } from './area-service.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

/** More than any building holds, less than a slip of the finger. */
export const MOST_HOUSEHOLDS = 20_000;

export const AreaForm = z.object({
  kind: oneOf(['building', 'compound']).default('building'),
  name: requiredText(20),
  parentId: z.string().default(''),
  count: optionalNumber(0, MOST_HOUSEHOLDS),
  source: optionalText(60),
  countedOn: OptionalDay,
});

export function draftOf({ kind, name, parentId, count, source, countedOn }: z.output<typeof AreaForm>): AreaDraft {
  const households = count === null ? null : { count, source, countedOn: countedOn ?? '' };
  return { kind, name, parentId: parentId === '' ? null : parentId, households };
}

export function valuesOfArea({ kind, name, parentId, households }: Area): Record<string, string> {
  return {
    kind: kind === 'compound' ? 'compound' : 'building',
    name,
    parentId: parentId ?? '',
    count: households === null ? '' : String(households.count),
    source: households?.source ?? '',
    countedOn: households?.countedOn ?? '',
  };
}

export function areaFields(
  visit: Visit,
  form: FormState,
  areas: readonly Area[],
  { withKind, kind = 'building' }: { readonly withKind: boolean; readonly kind?: AreaKind },
): Html[] {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const kinds = [
    { value: 'building', label: words('settings.area-building') },
    { value: 'compound', label: words('settings.area-compound') },
  ];
  const fields = [
    textField(form, {
      name: 'name',
      label: words('settings.area-name'),
      hint: words('settings.area-name-hint'),
      isShort: true,
    }),
  ];
  if (withKind) fields.unshift(choiceField(form, { name: 'kind', label: words('settings.area-kind'), choices: kinds }));
  else fields.push(hiddenField('kind', kind === 'compound' ? 'compound' : 'building'));
  if (kind === 'compound') return fields;
  const compounds = areas
    .filter((area) => area.kind === 'compound')
    .map(({ id, name }) => ({ value: id, label: name }));
  const parents = [{ value: '', label: words('settings.area-parent-none') }, ...compounds];
  return [
    ...fields,
    ...(compounds.length === 0
      ? []
      : [selectField(form, { name: 'parentId', label: words('settings.area-parent'), choices: parents })]),
    textField(form, {
      name: 'count',
      label: words('settings.area-count'),
      hint: words('settings.area-count-hint'),
      type: 'number',
      isShort: true,
    }),
    textField(form, { name: 'source', label: words('settings.area-source'), hint: words('settings.area-source-hint') }),
    textField(form, { name: 'countedOn', label: words('settings.area-counted-on'), type: 'date', isShort: true }),
  ];
}
