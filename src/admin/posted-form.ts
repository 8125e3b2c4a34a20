/** What a person typed into a form: cleaned at the door, checked by a schema, given back word for word where it does not fit. */
import type { Context } from 'hono';
import { z } from 'zod';
import { fromWire } from '../lib/text.ts';
import type { PageTextKey } from './page-texts.ts';

export interface PostedForm {
  readonly fields: Typed;
  readonly files: Readonly<Record<string, File>>;
  /** Typed before the session ran out: to be shown again, not acted on. */
  readonly isResumed: boolean;
}

export type Typed = Readonly<Record<string, string | readonly string[]>>;

export const NO_FORM: PostedForm = { fields: {}, files: {}, isResumed: false };

/** Marks what is given back. */
export const RESUMED = 'resumed';

/** Passwords are taken as they are: what looks odd in a text may be meant. */
export const SECRET_FIELD = /^(?:password|again|code)/;

/** A list of a whole group, pasted in one go. */
const LONG_FIELD = 'pasted';
const LONGEST_PASTE = 40_000;

export async function readPosted(context: Context): Promise<PostedForm> {
  const body = await context.req.parseBody({ all: true });
  const fields = new Map<string, string | readonly string[]>();
  const files = new Map<string, File>();
  for (const [name, value] of Object.entries(body)) {
    const values = Array.isArray(value) ? value : [value];
    const texts = values.filter((one) => typeof one === 'string');
    const most = name === LONG_FIELD ? LONGEST_PASTE : undefined;
    const clean = SECRET_FIELD.test(name) ? texts : texts.map((text) => fromWire(text, most));
    const [only, ...more] = clean;
    if (only !== undefined) fields.set(name, more.length === 0 ? only : clean);
    const file = values.find((one) => typeof one !== 'string');
    if (file !== undefined && file.size > 0) files.set(name, file);
  }
  const isResumed = fields.delete(RESUMED);
  return { fields: Object.fromEntries(fields), files: Object.fromEntries(files), isResumed };
}

/** Field → the text that says what is wrong with it. */
export type Faults = Readonly<Record<string, PageTextKey>>;

export type ReadForm<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly typed: Typed; readonly faults: Faults };

export function readForm<S extends z.ZodType>(form: PostedForm, schema: S): ReadForm<z.output<S>> {
  if (form.isResumed) return { ok: false, typed: form.fields, faults: {} };
  const parsed = schema.safeParse(form.fields, { error: () => wrong('fault.not-understood') });
  if (parsed.success) return { ok: true, value: parsed.data };
  const faults = new Map<string, PageTextKey>();
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? '');
    if (!faults.has(field)) faults.set(field, faultKey(message));
  }
  return { ok: false, typed: form.fields, faults: Object.fromEntries(faults) };
}

/** The messages of the schemas below are keys of texts; this keeps them to those that exist. */
function wrong(key: FaultKey): FaultKey {
  return key;
}

const FAULT_KEYS = [
  'fault.empty',
  'fault.too-long',
  'fault.not-a-number',
  'fault.not-a-time',
  'fault.not-a-day',
  'fault.not-offered',
  'fault.not-understood',
  'fault.login-letters',
] as const satisfies readonly PageTextKey[];
type FaultKey = (typeof FAULT_KEYS)[number];

function faultKey(message: string): FaultKey {
  return FAULT_KEYS.find((key) => key === message) ?? 'fault.not-understood';
}

export function requiredText(longest: number) {
  return optionalText(longest).pipe(z.string().min(1, wrong('fault.empty')));
}

export function optionalText(longest: number) {
  return z
    .string()
    .default('')
    .transform((text) => text.trim())
    .pipe(z.string().max(longest, wrong('fault.too-long')));
}

export function wholeNumber(least: number, most: number) {
  const number = z.int(wrong('fault.not-a-number')).min(least, wrong('fault.not-a-number'));
  return z
    .string()
    .default('')
    .transform((text) => (text.trim() === '' ? Number.NaN : Number(text.normalize('NFKC'))))
    .pipe(number.max(most, wrong('fault.not-a-number')));
}

export const Day = z.iso.date(wrong('fault.not-a-day'));

/** `null` where it was left empty. */
export function optionalNumber(least: number, most: number) {
  const number = wholeNumber(least, most);
  return optional((text) => number.safeParse(text).data, wrong('fault.not-a-number'));
}

/** A calendar date; `null` where it was left empty. */
export const OptionalDay = optional((text) => Day.safeParse(text).data, wrong('fault.not-a-day'));

function optional<T>(read: (text: string) => T | undefined, fault: FaultKey) {
  return z
    .string()
    .default('')
    .transform((text, context): T | null => {
      if (text.trim() === '') return null;
      const value = read(text);
      if (value === undefined) context.addIssue({ code: 'custom', message: fault });
      return value ?? null;
    });
}

export function oneOf<const T extends readonly string[]>(offered: T) {
  return z.enum(offered, wrong('fault.not-offered'));
}

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, wrong('fault.not-a-time'));
/** A box that is ticked or not. */
export const Ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined);
/** Any number of boxes of one name. */
export const TickedOnes = z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]);
/** What one types to sign in. */
export const Login = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFKC').trim())
  .pipe(
    z
      .string()
      .min(1, wrong('fault.empty'))
      .regex(/^[\w.@-]{2,40}$/, wrong('fault.login-letters')),
  );
