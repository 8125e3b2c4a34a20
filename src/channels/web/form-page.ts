/** The frame of a form: where one is, what it is for, the form, and the way back to the chat. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Community } from '../../model/community.ts';
import type { FieldErrors } from './form-values.ts';
import { layOut } from './page-layout.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { StaticFiles } from './static-files.ts';

export interface FormPage {
  readonly community: Community;
  readonly words: ResidentsWords;
  readonly files: StaticFiles;
  readonly title: string;
  readonly intro: string;
  readonly errors: FieldErrors;
  readonly trouble: string | null;
  readonly form: Html;
}

export function formPage({ community, words, files, title, intro, errors, trouble, form }: FormPage): Html {
  const isWrong = Object.keys(errors).length > 0;
  const summary = trouble ?? (isWrong ? words('residents-page.error-summary') : null);
  return layOut({
    lang: community.locale,
    title: `${title} · ${words('residents-page.title', { community: community.name })}`,
    styles: [files.href('base.css'), files.href('form.css')],
    body: html`<body>
<main class="sheet">
<p class="back"><a href="/c/${community.id}">‹ ${words('residents-page.back')}</a></p>
<h1>${title}</h1>
<p>${intro}</p>
${summary === null ? '' : html`<p class="error summary" role="alert">${summary}</p>`}
${form}
</main>
</body>`,
  });
}
