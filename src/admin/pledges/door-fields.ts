/** The fields that say which door is meant, and what they come to. */
import { z } from 'zod';
import { placeCell } from '../../features/pledges/door-rules.ts';
import type { Html } from '../../lib/http/html.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import type { Area } from '../../store/community-table.ts';
import { type FormState, selectField, textField } from '../form-fields.ts';
import { optionalText, requiredText } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { buildingWords, byBuilding } from './pledge-words.ts';
import { DOOR_TEXTS } from './pledges-texts.ts';

const LONGEST = 20;

/** `building` is the id of an area, or its number as typed. */
export const DOOR_FIELDS = {
  building: requiredText(40),
  unit: optionalText(LONGEST),
  room: requiredText(LONGEST),
};
const DoorForm = z.object(DOOR_FIELDS);
export type DoorForm = z.output<typeof DoorForm>;

export function doorFields(visit: Visit, form: FormState, areas: readonly Area[]): Html[] {
  const words = wordsFor(visit, DOOR_TEXTS);
  const label = words('door.building');
  const known = byBuilding(visit, areas).map((area) => ({ value: area.id, label: buildingWords(visit, area, areas) }));
  const choices = [{ value: '', label: words('door.choose') }, ...known];
  return [
    known.length === 0
      ? textField(form, { name: 'building', label, hint: words('door.building-hint'), isShort: true })
      : selectField(form, { name: 'building', label, choices }),
    textField(form, { name: 'unit', label: words('door.unit'), isShort: true }),
    textField(form, { name: 'room', label: words('door.room'), isShort: true }),
  ];
}

/** As residents say it. */
export function placeOf({ building, unit, room }: DoorForm, areas: readonly Area[]): HouseholdPlace {
  const area = areas.find(({ id, kind }) => id === building && kind === 'building');
  const compound = areas.find(({ id }) => id === area?.parentId);
  return {
    ...(compound === undefined ? {} : { compound: compound.name }),
    building: area?.name ?? placeCell(building),
    unit: placeCell(unit),
    room: placeCell(room),
  };
}
