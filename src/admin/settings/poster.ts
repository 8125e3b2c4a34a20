/** An A4 sheet for a door: the code, what one can do behind it, who stands behind it. */
import { readFileSync } from 'node:fs';
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';

export const POSTER_CSS = readFileSync(new URL('./poster.css', import.meta.url), 'utf8');

export interface Poster {
  readonly place: string;
  readonly url: string;
  /** Drawn, as it stands on the sheet. */
  readonly code: Html;
  readonly css: string;
  readonly back: string;
}

export function poster(visit: Visit, { place, url, code, css, back }: Poster): Html {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const { name, locale, settings } = visit.community;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${words('poster.title', { place })}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${css}">
</head>
<body>
<p class="tools"><a href="${back}">‹ ${words('entrance.title')}</a> <span>${words('poster.print')}</span></p>
<main class="sheet">
<header><p class="place">${place === name ? name : html`${name}<strong>${place}</strong>`}</p><h1>${words('poster.call')}</h1></header>
<figure><div class="code" role="img" aria-label="${words('entrance.code', { place })}">${code}</div>
<figcaption>${words('poster.scan')}</figcaption></figure>
<ul><li>${words('poster.one')}</li><li>${words('poster.two')}</li><li>${words('poster.three')}</li></ul>
<p class="easy">${words('poster.easy')}</p>
<footer><p><strong>${words('poster.committee', { community: name })}</strong></p>
${settings.contact === '' ? '' : html`<p>${words('poster.contact', { contact: settings.contact })}</p>`}
<p class="url">${url.replace(/^https?:\/\//, '')}</p></footer>
</main>
</body>
</html>`;
}
