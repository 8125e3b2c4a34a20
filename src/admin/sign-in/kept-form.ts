/** The fields of a form that came without a session, carried in the sign-in form until its sender is known. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { SECRET_FIELD, type Typed } from '../posted-form.ts';

export interface KeptField {
  readonly name: string;
  readonly value: string;
}

const PREFIX = 'kept.';
// A page has a few dozen fields; more than this was not typed.
const MOST_FIELDS = 500;

/** Passwords are asked for again rather than written into a page. */
export function keptFields(fields: Typed): KeptField[] {
  return Object.entries(fields)
    .filter(([name]) => !SECRET_FIELD.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
    .slice(0, MOST_FIELDS);
}

export function keptIn(fields: Typed): KeptField[] {
  return Object.entries(fields)
    .filter(([name]) => name.startsWith(PREFIX))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name: name.slice(PREFIX.length), value: one })))
    .slice(0, MOST_FIELDS);
}

export function keptInputs(kept: readonly KeptField[]): readonly Html[] {
  return kept.map(({ name, value }) => html`<input type="hidden" name="${PREFIX}${name}" value="${value}">`);
}
