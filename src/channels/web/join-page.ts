/** The web page of somebody who comes with a code from another chat: they press once, so that no program that only looks at links does it for them. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { newClientId } from './bubble.ts';
import { entranceOf } from './entrance.ts';
import { formPage } from './form-page.ts';
import { privately, type ResidentsEnv } from './resident-visit.ts';
import { knownVisitor, rememberVisitor } from './visitor.ts';
import { sayAndWait, type WebDesk } from './web-desk.ts';

const CODE = /^[0-9a-z]{6}$/i;

export function addJoinPage(routes: Hono<ResidentsEnv>, desk: WebDesk): void {
  routes.get('/:community/join/:code', (c) => show(desk, c, null, 200));
  routes.post('/:community/join/:code', (c) => take(desk, c));
}

type Ctx = Context<ResidentsEnv>;

async function show(desk: WebDesk, c: Ctx, trouble: string | null, status: 200 | 400 | 429 | 503): Promise<Response> {
  const { community, words } = c.var;
  const code = codeOf(c);
  if (code === null) return c.redirect(`/c/${community.id}`, 303);
  rememberVisitor(c, desk);
  const page = formPage({
    community,
    words,
    files: desk.files,
    title: words('residents-page.join-title'),
    intro: words('residents-page.join-intro'),
    errors: {},
    trouble,
    form: html`<form method="post" action="/c/${community.id}/join/${code}"><button class="main">${words('residents-page.join-button')}</button></form>`,
  });
  return c.html(page, status);
}

/** Said in their own chat like any code, so that everything that holds for codes holds here. */
async function take(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  const code = codeOf(c);
  if (code === null) return c.redirect(`/c/${community.id}`, 303);
  const address = knownVisitor(c, desk);
  if (address === null) return show(desk, c, words('residents-page.error-expired'), 400);
  if (!desk.maySpeak(c, address)) return show(desk, c, words('residents-page.error-too-fast'), 429);
  const said = privately(community, address, { clientId: newClientId(), text: code }, await entranceOf(desk, c));
  const result = await sayAndWait(desk, said);
  if (!result.ok) return show(desk, c, words('residents-page.error-not-kept'), 503);
  return c.redirect(`/c/${community.id}#latest`, 303);
}

function codeOf(c: Ctx): string | null {
  const code = c.req.param('code') ?? '';
  return CODE.test(code) ? code : null;
}
