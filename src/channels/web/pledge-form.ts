/** The pledge form: what may be filled in, and what it says when it is sent. */
import { z } from 'zod';
import { writtenNumber } from '../../lib/written-number.ts';
import { MOST_PEOPLE } from '../../model/household.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { all, type FieldErrors, type FormValues, fieldErrors, one } from './form-values.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { Spoken } from './speak.ts';
import type { HabitGroup, KnownArea } from './web-parts.ts';

export const PLEDGE_FIELDS = ['habits', 'building', 'unit', 'room', 'people', 'consent'] as const;

// A number with its word behind it, as people write it into a field: the number is what counts.
const NUMBERED = /^([0-9]+[A-Za-z]?)\s*\p{Script=Han}{1,3}$/u;
const Place = z
  .string()
  .transform((text) => bareNumber(text))
  .pipe(z.string().regex(/^[\p{L}\p{N}-]{0,8}$/u, { error: 'place' }));

const PledgeForm = z.object({
  habits: z.array(z.string()).min(1, { error: 'habits' }),
  building: Place.pipe(z.string().min(1, { error: 'building' })),
  unit: Place,
  room: Place.pipe(z.string().min(1, { error: 'room' })),
  people: z
    .string()
    .transform((text) => (text.trim() === '' ? undefined : writtenNumber(text)))
    .pipe(z.int({ error: 'people' }).min(1, { error: 'people' }).max(MOST_PEOPLE, { error: 'people' }).optional()),
  consent: z.literal('yes', { error: 'consent' }),
});
export type PledgeForm = z.infer<typeof PledgeForm>;

export type PledgeFormResult =
  | { readonly ok: true; readonly form: PledgeForm }
  | { readonly ok: false; readonly errors: FieldErrors };

/** Only what the page offers can be picked. */
export function readPledgeForm(values: FormValues, groups: readonly HabitGroup[]): PledgeFormResult {
  const offered = new Set(groups.flatMap(({ habits }) => habits.map(({ id }) => id)));
  const parsed = PledgeForm.safeParse({
    habits: all(values, 'habits').filter((id) => offered.has(id)),
    building: one(values, 'building'),
    unit: one(values, 'unit'),
    room: one(values, 'room'),
    people: one(values, 'people'),
    consent: one(values, 'consent'),
  });
  return parsed.success ? { ok: true, form: parsed.data } : { ok: false, errors: fieldErrors(parsed.error) };
}

/** The words stand in the chat as if typed; what they mean goes with them. */
export function pledgeSaid(
  { habits, building, unit, room, people }: PledgeForm,
  groups: readonly HabitGroup[],
  words: ResidentsWords,
  locale: string,
  door: Pick<KnownArea, 'building' | 'compound'> | null,
): Pick<Spoken, 'text' | 'understood'> {
  const list = new Intl.ListFormat(locale, { style: 'narrow' });
  const titles = groups.flatMap((group) => group.habits.filter(({ id }) => habits.includes(id)));
  const said = {
    habits: list.format(titles.map(({ title }) => title)),
    household:
      unit === ''
        ? words('residents-page.said-household', { building, room })
        : words('residents-page.said-household-unit', { building, unit, room }),
  };
  // The same number may stand in several compounds; the entrance tells which.
  const compound = door?.building === building ? door.compound : null;
  const household: HouseholdPlace = {
    building,
    room,
    ...(unit === '' ? {} : { unit }),
    ...(compound === null ? {} : { compound }),
  };
  return {
    text:
      people === undefined
        ? words('residents-page.pledge-said', said)
        : words('residents-page.pledge-said-people', { ...said, people }),
    understood: {
      intent: 'pledge.make',
      slots: { habits, household, ...(people === undefined ? {} : { people }) },
    },
  };
}

function bareNumber(text: string): string {
  const plain = text.normalize('NFKC').trim();
  return NUMBERED.exec(plain)?.[1] ?? plain;
}
