/** What a handler answers with: a page, the way to another one, or a refusal that gives nothing away. */
import { html } from 'hono/html';
import { type Flash, leaveFlash, type ShownFlash, takeFlash } from './flash.ts';
import { layOut, type ShownPage } from './layout.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import { type Visit, wordsFor } from './visit.ts';

/** Said over a form that comes back after signing in. */
const GIVEN_BACK: ShownFlash = { key: 'sign-in.given-back', variables: {}, isTrouble: false };

export async function showPage(visit: Visit, shown: ShownPage): Promise<Response> {
  const flash = visit.form.isResumed ? GIVEN_BACK : takeFlash(visit.context);
  return visit.context.html(layOut(visit, shown, flash), shown.status ?? 200);
}

/** After something was done: a page to look at again, with a line on what happened. */
export function goTo({ context, parts }: Visit, path: string, flash?: Flash): Response {
  if (flash !== undefined) leaveFlash(context, parts.publicUrl, flash);
  return context.redirect(`/admin${path === '/' ? '' : path}`, 303);
}

/** Also for what belongs to others: that it exists is nobody's business. */
export function showNothingThere(visit: Visit): Promise<Response> {
  return showRefusal(visit, 404, 'not-found');
}

export async function showRefusal(
  visit: Visit,
  status: 403 | 404 | 413,
  why: 'not-found' | 'not-allowed' | 'too-large',
): Promise<Response> {
  const words = wordsFor(visit, PAGE_TEXTS);
  return showPage(visit, {
    title: words(`page.${why}`),
    section: null,
    status,
    body: html`<p>${words(`page.${why}-help`)}</p><p><a class="button" href="/admin">${words('page.to-today')}</a></p>`,
  });
}
