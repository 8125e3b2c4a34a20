/** The sign-up form: what may be filled in, and what it says when it is sent. */
import { z } from 'zod';
import { fromWire, graphemeLength } from '../../lib/text.ts';
import type { Shift } from '../../model/activity.ts';
import { LARGEST_PARTY } from '../../model/sign-up.ts';
import { type FieldErrors, type FormValues, fieldErrors, one } from './form-values.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { Spoken } from './speak.ts';

export const SIGN_UP_FIELDS = ['shift', 'party', 'name', 'phone'] as const;

const LONGEST_NAME = 30;
// Mobile numbers of mainland China, or nothing.
const MOBILE = /^(?:1[3-9]\d{9})?$/;

const SignUpForm = z.object({
  shift: z.string().min(1, { error: 'shift' }),
  party: z
    .string()
    .transform((text) => (text.trim() === '' ? 1 : Number(text.normalize('NFKC').trim())))
    .pipe(z.int({ error: 'party' }).min(1, { error: 'party' }).max(LARGEST_PARTY, { error: 'party' })),
  name: z
    .string()
    .transform((name) => fromWire(name).replaceAll('\n', ' ').trim())
    .refine((name) => graphemeLength(name) <= LONGEST_NAME, { error: 'name' }),
  phone: z
    .string()
    .trim()
    .transform(plainDigits)
    .pipe(z.string().regex(MOBILE, { error: 'phone' })),
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

/** As people write it: +86 138-1234-5678. */
function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+|00)86/, '');
}
