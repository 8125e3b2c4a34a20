/** The box for what residents said in a group where the bot cannot hear. */
import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { BY_HAND } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import { listGroups } from '../../store/chat-table.ts';
import { hiddenField, longField, selectField, textField } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { FORWARDING_TEXTS, PASTE_TEXTS } from './forwarding-texts.ts';

export interface RefusedPaste {
  readonly typed: Typed;
  readonly faults: Faults;
}

export async function pasteSection(visit: Visit, refused: RefusedPaste | null): Promise<Html | ''> {
  const groups = await groupsByHand(visit);
  if (groups.length === 0) return '';
  const words = wordsFor(visit, PASTE_TEXTS);
  const form = {
    values: refused?.typed ?? {},
    faults: refused?.faults ?? {},
    words: wordsFor(visit, PAGE_TEXTS),
  };
  const untitled = wordsFor(visit, FORWARDING_TEXTS)('forward.untitled');
  const choices = groups.map(({ id, title }) => ({ value: id, label: title ?? untitled }));
  return html`<section id="paste"><h2>${words('paste.title')}</h2><p class="hint">${words('paste.help')}</p>
<form method="post" action="/admin/forwarding/paste">${hiddenField('pasteId', randomUUID())}
${selectField(form, { name: 'chatId', label: words('paste.group'), choices })}
${longField(form, { name: 'pasted', label: words('paste.words'), rows: 6 })}
${textField(form, { name: 'who', label: words('paste.who'), hint: words('paste.who-hint') })}
<p class="actions"><button>${words('paste.button')}</button></p></form></section>`;
}

export async function groupsByHand({ parts, community }: Visit): Promise<Chat[]> {
  const groups = await parts.store.read((tx) => listGroups(tx, community.id));
  return groups.filter(({ channel, state }) => channel === BY_HAND && state === 'active');
}
