/** The chat of one resident with the bot; everything works as plain forms, the script only spares reloading. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Community } from '../../model/community.ts';
import type { WebMessage } from '../../model/web-message.ts';
import { bubbles, hiddenFields, newClientId, type View } from './bubble.ts';
import { composer } from './composer.ts';
import { layOut } from './page-layout.ts';
import { quickForm } from './quick-form.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { StaticFiles } from './static-files.ts';

export interface ChatPage {
  readonly community: Community;
  readonly words: ResidentsWords;
  readonly files: StaticFiles;
  readonly view: View;
  readonly messages: readonly WebMessage[];
  /** Is greeted below what everybody was told. */
  readonly isNewcomer: boolean;
  /** Whose entrance they came in by. */
  readonly place: string | null;
  readonly now: Date;
  /** What was typed and could not be taken, and why. */
  readonly draft?: { readonly text: string; readonly clientId: string; readonly error: string };
}

export function residentsPage(page: ChatPage): Html {
  const { community, words, files, messages, place, now } = page;
  const title = words('residents-page.title', { community: community.name });
  const base = `/c/${community.id}`;
  const newest = (messages.at(-1)?.at ?? now).getTime();
  return layOut({
    lang: community.locale,
    title,
    styles: [files.href('base.css'), files.href('chat.css')],
    script: files.href('chat.js'),
    body: html`<body class="residents" data-events="${base}/events?after=${newest}"
 data-reconnecting="${words('residents-page.reconnecting')}">
<header class="page-head"><h1>${title}</h1>
${community.isSample ? html`<p class="note">${words('residents-page.sample-note')}</p>` : ''}
${place === null ? '' : html`<p class="note">${words('residents-page.entrance', { place })}</p>`}</header>
<main>${conversation(page)}</main>
<footer class="desk">
<p class="status" role="status" id="status"></p>
${quickForm(`${base}/say`, {}, words)}
${sayForm(page, base)}
<nav class="forms"><a href="${base}/pledge">${words('residents-page.form-pledge')}</a>
<a href="${base}/sign-up">${words('residents-page.form-sign-up')}</a>
${elsewhereForm(page, base)}</nav>
</footer>
</body>`,
  });
}

function conversation({ community, words, view, messages, isNewcomer, now }: ChatPage): Html {
  const welcome: WebMessage = {
    id: 'welcome',
    communityId: community.id,
    chatAddress: view.viewerAddress,
    senderAddress: null,
    kind: 'reply',
    message: { text: words('residents-page.welcome', { community: community.name }) },
    at: now,
  };
  return html`<div class="chat" id="private" role="log" aria-label="${words('residents-page.chat-label')}" tabindex="-1">
${bubbles(isNewcomer ? [...messages, welcome] : messages, view)}
</div><span id="latest"></span>`;
}

/** The same person on another channel: the bot answers with a code for it. */
function elsewhereForm({ words }: ChatPage, base: string): Html {
  return html`<form method="post" action="${base}/say" data-say>${hiddenFields({ id: newClientId() })}
<button name="quick" value="elsewhere">${words('residents-page.quick-elsewhere')}</button></form>`;
}

function sayForm({ words, draft }: ChatPage, base: string): Html {
  return composer({
    action: `${base}/say`,
    fields: { id: draft?.clientId ?? newClientId() },
    name: 'say',
    list: 'private',
    text: draft?.text ?? '',
    error: draft?.error ?? null,
    words: {
      label: words('residents-page.say-label'),
      placeholder: words('residents-page.say-placeholder'),
      send: words('residents-page.send'),
      sending: words('residents-page.sending'),
      notSent: words('residents-page.not-sent'),
      retry: words('residents-page.retry'),
      me: words('residents-page.me'),
    },
  });
}
