/** The sign-up form's door: shown, checked, said to the bot. */
import type { Context, Hono } from 'hono';
import { newClientId } from './bubble.ts';
import { entranceOf } from './entrance.ts';
import { ClientId, EMPTY_FORM, type FilledForm, type FormStatus, one, readForm } from './form-values.ts';
import { privately, type ResidentsEnv } from './resident-visit.ts';
import { readSignUpForm, signUpSaid } from './sign-up-form.ts';
import { shiftTime, signUpPage } from './sign-up-page.ts';
import { knownVisitor, rememberVisitor } from './visitor.ts';
import { sayAndWait, type WebDesk } from './web-desk.ts';

export function addSignUpForm(routes: Hono<ResidentsEnv>, desk: WebDesk): void {
  routes.get('/:community/sign-up', (c) => showForm(desk, c, { values: EMPTY_FORM, clientId: newClientId() }, 200));
  routes.post('/:community/sign-up', (c) => takeForm(desk, c));
}

type Ctx = Context<ResidentsEnv>;

async function takeForm(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  const values = await readForm(c);
  const clientId = ClientId.safeParse(one(values, 'id')).data ?? newClientId();
  const again = (filled: Partial<FilledForm>, status: FormStatus) =>
    showForm(desk, c, { values, clientId, ...filled }, status);

  const address = knownVisitor(c, desk);
  if (address === null) return again({ trouble: words('residents-page.error-expired') }, 400);
  const now = desk.clock.now();
  const read = readSignUpForm(values, await desk.openShifts(community.id, now));
  if (!read.ok) return again({ errors: read.errors }, 422);
  if (!desk.maySpeak(c, address)) return again({ trouble: words('residents-page.error-too-fast') }, 429);
  const said = signUpSaid(read.form, read.shift, shiftTime(read.shift, community), words);
  const door = await entranceOf(desk, c);
  const result = await sayAndWait(desk, privately(community, address, { clientId, ...said }, door));
  if (!result.ok) return again({ trouble: words('residents-page.error-not-kept') }, 503);
  return c.redirect(`/c/${community.id}#latest`, 303);
}

async function showForm(desk: WebDesk, c: Ctx, filled: FilledForm, status: FormStatus): Promise<Response> {
  const { community, words } = c.var;
  rememberVisitor(c, desk);
  const page = signUpPage({
    community,
    words,
    files: desk.files,
    shifts: await desk.openShifts(community.id, desk.clock.now()),
    clientId: filled.clientId,
    values: filled.values,
    errors: filled.errors ?? {},
    trouble: filled.trouble ?? null,
  });
  return c.html(page, status);
}
