/** A form as it was filled in, so that it can be shown again with nothing lost. */
import type { Context } from 'hono';
import { z } from 'zod';

export type FormValues = ReadonlyMap<string, readonly string[]>;

export const EMPTY_FORM: FormValues = new Map();

/** As typed; files and what is no form are passed over. */
export async function readForm(c: Context): Promise<FormValues> {
  const values = new Map<string, string[]>();
  const form = await c.req.formData().catch(() => new FormData());
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string') continue;
    values.set(name, [...(values.get(name) ?? []), value.toWellFormed()]);
  }
  return values;
}

export function one(values: FormValues, name: string): string {
  return values.get(name)?.[0] ?? '';
}

export function all(values: FormValues, name: string): readonly string[] {
  return values.get(name) ?? [];
}

/** What the page made to tell one sending from another. */
export const ClientId = z.string().regex(/^[\w-]{8,64}$/);

/** Each stands beside a field as a sentence of its own. */
const FIELD_ERRORS = [
  'habits',
  'building',
  'room',
  'place',
  'people',
  'consent',
  'shift',
  'shift-gone',
  'party',
  'name',
  'phone',
] as const;
type FieldError = (typeof FIELD_ERRORS)[number];
export type FieldErrors = Readonly<Record<string, FieldError>>;

/** A form that is shown again, and why. */
export interface FilledForm {
  readonly values: FormValues;
  readonly clientId: string;
  readonly errors?: FieldErrors;
  /** What went wrong with the form as a whole. */
  readonly trouble?: string;
}
export type FormStatus = 200 | 400 | 422 | 429 | 503;

/** The first thing wrong with each field; the schemas here give a field error as their message. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: Record<string, FieldError> = {};
  for (const { path, message } of error.issues) {
    const field = String(path[0]);
    const code = FIELD_ERRORS.find((known) => known === message);
    if (code !== undefined) errors[field] ??= code;
  }
  return errors;
}
