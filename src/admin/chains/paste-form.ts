/** The box for a list from a group where the bot cannot hear. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { listGroups } from '../../store/chat-table.ts';
import { longField, selectField } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { targetChoices } from './chain-target.ts';
import { CHAIN_TOOL_TEXTS } from './chains-texts.ts';

export interface RefusedPaste {
  readonly typed: Typed;
  readonly faults: Faults;
}

/** Nobody said which group, or what it is about. */
export const NOT_SAID = '';

export async function pasteForm(visit: Visit, refused: RefusedPaste | null): Promise<Html> {
  const { parts, community, now } = visit;
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  const { groups, targets } = await parts.store.read(async (tx) => ({
    groups: await listGroups(tx, community.id),
    targets: await parts.chains.listTargets(tx, community, now),
  }));
  const form = {
    values: refused?.typed ?? {},
    faults: refused?.faults ?? {},
    words: wordsFor(visit, PAGE_TEXTS),
    prefix: 'paste',
  };
  const places = [
    { value: NOT_SAID, label: words('chain-paste.group-unknown') },
    ...groups.map(({ id, title }) => ({ value: id, label: title ?? words('chain-paste.group-untitled') })),
  ];
  const abouts = [{ value: NOT_SAID, label: words('chain-paste.about-by-itself') }, ...targetChoices(visit, targets)];
  return html`<section id="paste"><h2>${words('chain-paste.title')}</h2><p class="hint">${words('chain-paste.help')}</p>
<form method="post" action="/admin/chains/paste">${longField(form, { name: 'pasted', label: words('chain-paste.words'), rows: 8 })}
${selectField(form, { name: 'chatId', label: words('chain-paste.group'), choices: places })}
${selectField(form, { name: 'target', label: words('chain-paste.about'), choices: abouts })}
<p class="actions"><button>${words('chain-paste.button')}</button></p></form></section>`;
}
