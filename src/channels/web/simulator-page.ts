/** The simulator as a page: the group and a resident's private chat side by side, on a phone one after the other. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Community } from '../../model/community.ts';
import type { WebMessage } from '../../model/web-message.ts';
import { bubbles, newClientId, type View } from './bubble.ts';
import { composer } from './composer.ts';
import { layOut } from './page-layout.ts';
import { quickForm } from './quick-form.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { Place, Resident } from './simulated-scene.ts';
import type { SimulatorWords } from './simulator-texts.ts';
import type { StaticFiles } from './static-files.ts';

export interface SimulatorPage {
  readonly community: Community;
  readonly groupTitle: string;
  readonly words: SimulatorWords;
  /** What it shares with the residents' page. */
  readonly common: ResidentsWords;
  readonly files: StaticFiles;
  readonly residents: readonly Resident[];
  readonly speaker: Resident;
  /** What a phone shows. */
  readonly shown: Place;
  readonly chats: Readonly<Record<Place, Chat>>;
  readonly draft: Draft | null;
}

interface Chat {
  readonly messages: readonly WebMessage[];
  readonly view: View;
}

/** What was typed and could not be taken, and why. */
export interface Draft {
  readonly place: Place;
  readonly text: string;
  readonly clientId: string;
  readonly isMentioned: boolean;
  readonly error: string;
}

export function simulatorPage(page: SimulatorPage): Html {
  const { community, words, common, files, speaker, shown, chats } = page;
  const title = words('simulator.title', { community: community.name });
  const newest = Math.max(0, ...[chats.group, chats.private].map(({ messages }) => messages.at(-1)?.at.getTime() ?? 0));
  return layOut({
    lang: community.locale,
    title,
    styles: [files.href('base.css'), files.href('chat.css'), files.href('simulator.css')],
    script: files.href('chat.js'),
    body: html`<body class="simulator show-${shown}"
 data-events="/simulator/${community.id}/events?as=${speaker.number}&amp;after=${newest}"
 data-reconnecting="${common('residents-page.reconnecting')}">
<header><h1>${title}</h1>
<p class="note">${words(community.isSample ? 'simulator.note-sample' : 'simulator.note-real')}
<a href="/c/${community.id}">${words('simulator.residents-page')}</a></p>
${speakers(page)}${tabs(page)}<p class="status" role="status" id="status"></p></header>
<main>${groupPanel(page)}${privatePanel(page)}</main>
</body>`,
  });
}

function linkTo({ community }: SimulatorPage, speaker: Resident, shown: Place): string {
  return `/simulator/${community.id}?as=${speaker.number}&show=${shown}`;
}

function speakers(page: SimulatorPage): Html {
  const { words, residents, speaker, shown } = page;
  return html`<nav class="speakers"><span id="speakers">${words('simulator.speakers')}</span>
<ul aria-labelledby="speakers">${residents.map(
    (one) =>
      html`<li><a href="${linkTo(page, one, shown)}"${
        one.number === speaker.number ? html` aria-current="true"` : ''
      }>${one.name}</a></li>`,
  )}</ul></nav>`;
}

function tabs(page: SimulatorPage): Html {
  const { words, speaker, shown } = page;
  return html`<nav class="tabs">${(['group', 'private'] as const).map(
    (place) =>
      html`<a href="${linkTo(page, speaker, place)}"${
        place === shown ? html` aria-current="page"` : ''
      }>${words(`simulator.tab-${place}`)}</a>`,
  )}</nav>`;
}

function groupPanel(page: SimulatorPage): Html {
  const { groupTitle, words, residents } = page;
  // The bot is one of them.
  const title = words('simulator.group-title', { group: groupTitle, count: residents.length + 1 });
  const isOn = page.draft?.place === 'group' && page.draft.isMentioned;
  const mention = html`<label class="mention"><input type="checkbox" name="mention" value="yes"${
    isOn ? html` checked` : ''
  }> ${words('simulator.mention')}</label>`;
  return panel(page, 'group', { title, empty: words('simulator.group-empty'), extra: mention });
}

function privatePanel(page: SimulatorPage): Html {
  const { words, common, speaker } = page;
  const { sayPath, sayFields } = page.chats.private.view;
  const quick = quickForm(sayPath, sayFields, common);
  const title = words('simulator.private-title', { resident: speaker.name });
  return panel(page, 'private', { title, empty: words('simulator.private-empty'), before: quick });
}

interface Panel {
  readonly title: string;
  readonly empty: string;
  readonly before?: Html;
  readonly extra?: Html;
}

function panel({ words, common, chats, draft, speaker }: SimulatorPage, place: Place, one: Panel): Html {
  const { messages, view } = chats[place];
  const mine = draft?.place === place ? draft : null;
  const label = common('residents-page.say-label');
  return html`<section class="panel ${place}" aria-labelledby="${place}-title">
<h2 id="${place}-title">${one.title}</h2>
<div class="chat" id="${place}" role="log" aria-labelledby="${place}-title" tabindex="0">${bubbles(messages, view)}</div>
<p class="empty note">${one.empty}</p>
<div class="desk">${one.before ?? ''}
${composer({
  action: view.sayPath,
  fields: { ...view.sayFields, id: mine?.clientId ?? newClientId() },
  name: `say-${place}`,
  list: place,
  text: mine?.text ?? '',
  error: mine?.error ?? null,
  ...(one.extra === undefined ? {} : { extra: one.extra }),
  words: {
    label,
    placeholder: place === 'group' ? words('simulator.group-placeholder') : common('residents-page.say-placeholder'),
    send: common('residents-page.send'),
    sending: common('residents-page.sending'),
    notSent: common('residents-page.not-sent'),
    retry: common('residents-page.retry'),
    me: speaker.name,
  },
})}</div>
</section>`;
}
