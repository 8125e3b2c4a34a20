/** The sign-up form's door: shown, checked, said to the bot. */
import type { Context, Hono } from 'hono';
import { newClientId } from './bubble.ts';
import { EMPTY_FORM, type FilledForm, type FormStatus } from './form-values.ts';
import { privately, type ResidentsEnv } from './resident-visit.ts';
import { takeForm } from './sent-form.ts';
import { readSignUpForm, signUpSaid } from './sign-up-form.ts';
import { shiftTime, signUpPage } from './sign-up-page.ts';
import { rememberVisitor } from './visitor.ts';
import { sayAndWait, type WebDesk } from './web-desk.ts';

export function addSignUpForm(routes: Hono<ResidentsEnv>, desk: WebDesk): void {
  routes.get('/:community/sign-up', (c) => showForm(desk, c, { values: EMPTY_FORM, clientId: newClientId() }, 200));
  routes.post('/:community/sign-up', (c) => takeSignUp(desk, c));
}

type Ctx = Context<ResidentsEnv>;

function takeSignUp(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  return takeForm(desk, c, {
    read: async (values) => readSignUpForm(values, await desk.openShifts(community.id, desk.clock.now())),
    say: ({ form, shift }, { address, door, clientId }) => {
      const said = signUpSaid(form, shift, shiftTime(shift, community), words);
      return sayAndWait(desk, privately(community, address, { clientId, ...said }, door));
    },
    show: (filled, status) => showForm(desk, c, filled, status),
  });
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
