/** The sign-up form: what may be filled in, and what it says when it is sent. */
import { z } from 'zod';
import { plainPhone } from '../../lib/phone.ts';
import { fromWire, graphemeLength } from '../../lib/text.ts';
import { writtenNumber } from '../../lib/written-number.ts';
import type { Shift } from '../../model/activity.ts';
import { LARGEST_PARTY } from '../../model/sign-up.ts';
import { type FieldErrors, type FormValues, fieldErrors, one } from './form-values.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { Spoken } from './speak.ts';

export const SIGN_UP_FIELDS = ['shift', 'party', 'name', 'phone'] as const;

const LONGEST_NAME = 30;

const SignUpForm = z.object({
  shift: z.string().min(1, { error: 'shift' }),
  party: z
    .string()
    .transform((text) => (text.trim() === '' ? 1 : writtenNumber(text)))
    .pipe(z.int({ error: 'party' }).min(1, { error: 'party' }).max(LARGEST_PARTY, { error: 'party' })),
  name: z
    .string()
    .transform((name) => fromWire(name).replaceAll('\n', ' ').trim())
    .refine((name) => graphemeLength(name) <= LONGEST_NAME, { error: 'name' }),
  phone: z
    .string()
    .trim()
    .transform((text) => (text === '' ? '' : plainPhone(text)))
    .pipe(z.string({ error: 'phone' })),
});
export type SignUpForm = z.infer<typeof SignUpForm>;

export type SignUpFormResult =
  | { readonly ok: true; readonly form: SignUpForm; readonly shift: Shift }
  | { readonly ok: false; readonly errors: FieldErrors };

export function readSignUpForm(values: FormValues, shifts: readonly Shift[]): SignUpFormResult {
  const parsed = SignUpForm.safeParse(Object.fromEntries(SIGN_UP_FIELDS.map((name) => [name, one(values, name)])));
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const shift = shifts.find(({ id }) => id === parsed.data.shift);
  if (shift === undefined) return { ok: false, errors: { shift: 'shift-gone' } };
  return { ok: true, form: parsed.data, shift };
}

/** Name and phone go with the meaning alone: they need not stand in the chat. */
export function signUpSaid(
  { party, name, phone }: SignUpForm,
  shift: Shift,
  time: string,
  words: ResidentsWords,
): Pick<Spoken, 'text' | 'understood'> {
  return {
    text: words('residents-page.sign-up-said', { activity: shift.title, time, party }),
    understood: {
      intent: 'sign-up.join',
      slots: {
        shift: shift.id,
        activity: shift.title,
        party,
        ...(name === '' ? {} : { name }),
        ...(phone === '' ? {} : { phone }),
      },
    },
  };
}
