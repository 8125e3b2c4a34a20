/** What stands where there is no page: a wrong link, a foreign sender, too much, a fault of ours. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { wordsOf } from '../../lib/page-words.ts';
import { MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import { layOut } from './page-layout.ts';
import { RESIDENTS_PAGE_TEXTS } from './residents-page-texts.ts';
import { type WebDesk, wantsJson } from './web-desk.ts';

// Whose page it was is unknown, and so is the language; everybody here is addressed in this one first.
const LOCALE = 'zh-CN';

export function missingPage(desk: WebDesk): Html {
  const words = wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, LOCALE);
  return messagePage(desk, words('residents-page.missing-title'), words('residents-page.missing'));
}

/** A page, or a sentence where the script asks. */
export function refusal(
  desk: WebDesk,
  c: Context,
  why: 'foreign' | 'too-large' | 'trouble',
  status: 403 | 413 | 503,
): Response | Promise<Response> {
  const words = wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, LOCALE);
  const sentence =
    why === 'too-large'
      ? words('residents-page.error-too-long', { most: MESSAGE_GRAPHEMES })
      : words(`residents-page.error-${why}`);
  if (wantsJson(c)) return c.json({ error: sentence }, status);
  return c.html(messagePage(desk, words('residents-page.bot-name'), sentence), status);
}

export function messagePage({ files }: WebDesk, title: string, text: string): Html {
  return layOut({
    lang: LOCALE,
    title,
    styles: [files.href('base.css'), files.href('form.css')],
    body: html`<body><main class="sheet"><h1>${title}</h1><p>${text}</p></main></body>`,
  });
}
