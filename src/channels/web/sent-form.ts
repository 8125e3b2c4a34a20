/** A form of the residents' page that was sent: whoever may speak is heard, anything else comes back as it was filled in. */
import type { Context } from 'hono';
import { newClientId } from './bubble.ts';
import { entranceOf } from './entrance.ts';
import {
  ClientId,
  type FieldErrors,
  type FilledForm,
  type FormStatus,
  type FormValues,
  one,
  readForm,
} from './form-values.ts';
import type { ResidentsEnv } from './resident-visit.ts';
import { knownVisitor } from './visitor.ts';
import type { SayResult, WebDesk } from './web-desk.ts';
import type { KnownArea } from './web-parts.ts';

export interface SentForm<Read extends { readonly ok: true }> {
  readonly read: (values: FormValues) => Promise<Read | { readonly ok: false; readonly errors: FieldErrors }>;
  readonly say: (read: Read, sender: Sender) => Promise<SayResult>;
  readonly show: (filled: FilledForm, status: FormStatus) => Response | Promise<Response>;
}

/** Who sent it, by which building's entrance they came, and what tells one sending from another. */
export interface Sender {
  readonly address: string;
  readonly door: KnownArea | null;
  readonly clientId: string;
}

export async function takeForm<Read extends { readonly ok: true }>(
  desk: WebDesk,
  c: Context<ResidentsEnv>,
  form: SentForm<Read>,
): Promise<Response> {
  const { community, words } = c.var;
  const values = await readForm(c);
  const clientId = ClientId.safeParse(one(values, 'id')).data ?? newClientId();
  const again = (filled: Partial<FilledForm>, status: FormStatus) => form.show({ values, clientId, ...filled }, status);

  const address = knownVisitor(c, desk);
  if (address === null) return again({ trouble: words('residents-page.error-expired') }, 400);
  const read = await form.read(values);
  if (!read.ok) return again({ errors: read.errors }, 422);
  if (!desk.maySpeak(c, address)) return again({ trouble: words('residents-page.error-too-fast') }, 429);
  const said = await form.say(read, { address, door: await entranceOf(desk, c), clientId });
  if (!said.ok) return again({ trouble: words('residents-page.error-not-kept') }, 503);
  return c.redirect(`/c/${community.id}#latest`, 303);
}
