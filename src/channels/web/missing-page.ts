/** What a link leads to that leads nowhere. */
import { html } from 'hono/html';
import type { Html } from './html.ts';
import { layOut } from './page-layout.ts';
import { RESIDENTS_PAGE_TEXTS } from './residents-page-texts.ts';
import type { WebDesk } from './web-desk.ts';
import { wordsOf } from './words.ts';

// Whose page it was is unknown, and so is the language; everybody here is addressed in this one first.
const LOCALE = 'zh-CN';

export function missingPage(desk: WebDesk): Html {
  const words = wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, LOCALE);
  return messagePage(desk, words('residents-page.missing-title'), words('residents-page.missing'));
}

export function foreignPage(desk: WebDesk): Html {
  const words = wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, LOCALE);
  return messagePage(desk, words('residents-page.bot-name'), words('residents-page.error-foreign'));
}

export function messagePage({ files }: WebDesk, title: string, text: string): Html {
  return layOut({
    lang: LOCALE,
    title,
    styles: [files.href('base.css'), files.href('form.css')],
    body: html`<body><main class="sheet"><h1>${title}</h1><p>${text}</p></main></body>`,
  });
}
