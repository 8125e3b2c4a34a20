/** What every page of the site has around it: the community, five words, who is signed in, what was just done. */
import { html } from 'hono/html';
import type { Html } from '../lib/http/html.ts';
import type { Words } from '../lib/page-words.ts';
import { ADMIN_CSS_PATH } from './admin-css.ts';
import type { ShownFlash } from './flash.ts';
import { hiddenField } from './form-fields.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import { isAllowed, type Visit, wordsFor } from './visit.ts';

/** The words at the top of every page; the second only where somebody forwards by hand. */
const NAVIGATION = [
  { name: 'today', path: '/admin' },
  { name: 'forwarding', path: '/admin/forwarding' },
  { name: 'pledges', path: '/admin/pledges' },
  { name: 'activities', path: '/admin/activities' },
  { name: 'notices', path: '/admin/notices' },
  { name: 'settings', path: '/admin/settings' },
] as const;
export type Section = (typeof NAVIGATION)[number]['name'];

export interface ShownPage {
  readonly title: string;
  /** The word of the navigation it stands under. */
  readonly section: Section | null;
  /** One step up, shown over the title. */
  readonly back?: { readonly path: string; readonly label: string };
  readonly body: Html;
  /** A file that spares steps where scripts run; the page works without it. */
  readonly script?: string;
  readonly status?: 200 | 403 | 404 | 413 | 422;
}

export function layOut(visit: Visit, shown: ShownPage, flash: ShownFlash | null): Html {
  const words = wordsFor(visit, PAGE_TEXTS);
  const title = words('page.head-title', { title: shown.title, community: visit.community.name });
  const body = html`<a class="skip" href="#main">${words('page.skip')}</a>
<header class="top">${brand(visit, words)}${navigation(visit, shown, words)}${whoIsIn(visit, words)}</header>
${sampleBanner(visit, words)}
<main id="main">
${flash === null ? '' : done(visit, flash, words)}
${shown.back === undefined ? '' : html`<p class="back"><a href="/admin${shown.back.path}">${words('page.back', { to: shown.back.label })}</a></p>`}
<h1>${shown.title}</h1>
${shown.body}
</main>`;
  return sheet(visit.community.locale, title, body, shown.script);
}

/** A page before anybody is signed in: one narrow column. */
export function layOutBare(lang: string, shown: { readonly title: string; readonly body: Html }): Html {
  return sheet(lang, shown.title, html`<main id="main" class="narrow"><h1>${shown.title}</h1>${shown.body}</main>`);
}

function sheet(lang: string, title: string, body: Html, script?: string): Html {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ADMIN_CSS_PATH}">
${script === undefined ? '' : html`<script src="${script}" defer></script>`}
</head>
<body>
${body}
</body>
</html>`;
}

function brand({ community }: Visit, words: Words<typeof PAGE_TEXTS>): Html {
  const mark = words('page.sample-mark');
  // The sample that ships is called just that.
  const name = community.isSample && community.name === mark ? '' : community.name;
  return html`<p class="brand">${name}${community.isSample ? html` <span class="mark">${mark}</span>` : ''}</p>`;
}

function navigation(visit: Visit, { section }: ShownPage, words: Words<typeof PAGE_TEXTS>): Html {
  const hasForwarding = visit.hasGroupsByHand && isAllowed(visit, 'worker');
  const shown = NAVIGATION.filter(({ name }) => name !== 'forwarding' || hasForwarding);
  const links = shown.map(({ name, path }) => {
    const here = name === section ? html`aria-current="page"` : '';
    return html`<li><a class="word" href="${path}" ${here}>${words(`page.nav-${name}`)}</a></li>`;
  });
  return html`<nav aria-label="${words('page.nav')}"><ul>${links}</ul></nav>`;
}

function whoIsIn({ staff }: Visit, words: Words<typeof PAGE_TEXTS>): Html {
  return html`<form class="who" method="post" action="/admin/sign-out"><a href="/admin/account">${staff.displayName}</a>
<button class="quiet">${words('page.sign-out')}</button></form>`;
}

const BEGIN_PATH = '/admin/begin';

function sampleBanner(visit: Visit, words: Words<typeof PAGE_TEXTS>): Html | '' {
  // Where it is being done, the button stands below.
  if (!visit.community.isSample || visit.context.req.path === BEGIN_PATH) return '';
  const begin = isAllowed(visit, 'admin')
    ? html` <a class="button quiet" href="${BEGIN_PATH}">${words('page.sample-begin')}</a>`
    : '';
  return html`<aside class="sample"><p>${words('page.sample-note')}</p>${begin}</aside>`;
}

function done(visit: Visit, flash: ShownFlash, words: Words<typeof PAGE_TEXTS>): Html {
  const { texts } = visit.content;
  const line = texts.has(flash.key) ? texts.render(visit.community.locale, flash.key, flash.variables, flash.key) : '';
  if (line === '') return html``;
  return html`<div class="${flash.isTrouble ? 'done trouble' : 'done'}" role="status"><p>${line}</p>${
    flash.undo === undefined
      ? ''
      : html`<form method="post" action="${flash.undo.path}">${Object.entries(flash.undo.fields).map(([name, value]) => hiddenField(name, value))}<button class="quiet">${words('page.undo')}</button></form>`
  }</div>`;
}
