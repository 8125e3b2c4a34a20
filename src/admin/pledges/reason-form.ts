/** Asks why personal data is needed before it is shown; the answer goes into the audit log. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { textField } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, requiredText, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

export const ReasonForm = z.object({ reason: requiredText(100) });

/** A form that came back: what was typed and what is wrong with it. */
export interface Refused {
  readonly typed: Typed;
  readonly faults: Faults;
}

export interface ReasonFormOptions {
  readonly path: string;
  readonly summary: string;
  readonly help: string;
  readonly button: string;
  readonly refused: Refused | null;
}

export function reasonForm(visit: Visit, { path, summary, help, button, refused }: ReasonFormOptions): Html {
  const { typed = {}, faults = {} } = refused ?? {};
  const form = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS), prefix: 'full' };
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  return html`<details class="card aside" ${refused === null ? '' : 'open'}><summary>${summary}</summary>
<form method="post" action="/admin${path}"><p>${help}</p>
${textField(form, { name: 'reason', label: words('pledges.reason'), hint: words('pledges.reason-hint') })}
<p class="actions"><button>${button}</button></p></form></details>`;
}
