/** What every page here begins and ends with. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';

export interface Page {
  readonly lang: string;
  readonly title: string;
  readonly styles: readonly string[];
  readonly script?: string;
  readonly body: Html;
}

export function layOut({ lang, title, styles, script, body }: Page): Html {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="data:,">
${styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
</head>
${body}
</html>`;
}
