/** Where one types: a field and a button, with what went wrong beside them. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import { hiddenFields } from './bubble.ts';

export interface Composer {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Unique on the page. */
  readonly name: string;
  /** The id of the list that its messages appear in. */
  readonly list: string;
  readonly text: string;
  readonly error: string | null;
  readonly words: ComposerWords;
  /** Stands before the field, e.g. a switch. */
  readonly extra?: Html;
}

interface ComposerWords {
  readonly label: string;
  readonly placeholder: string;
  readonly send: string;
  readonly sending: string;
  readonly notSent: string;
  readonly retry: string;
  readonly me: string;
}

export function composer({ action, fields, name, list, text, error, words, extra }: Composer): Html {
  const errorId = `${name}-error`;
  return html`<form class="composer" id="${name}" method="post" action="${action}" data-say data-list="${list}"
 data-sending="${words.sending}" data-not-sent="${words.notSent}" data-retry="${words.retry}" data-me="${words.me}">
${hiddenFields(fields)}
<p class="error" id="${errorId}" role="alert">${error ?? ''}</p>
${extra ?? ''}<div class="line"><label class="hidden" for="${name}-text">${words.label}</label>
<textarea id="${name}-text" name="text" rows="1" maxlength="${MESSAGE_GRAPHEMES}" autocomplete="off" enterkeyhint="send"
 placeholder="${words.placeholder}" aria-describedby="${errorId}"${error === null ? '' : html` aria-invalid="true"`}>${text}</textarea>
<button class="send">${words.send}</button></div>
</form>`;
}
