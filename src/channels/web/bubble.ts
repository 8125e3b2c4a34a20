/** One message of a chat as HTML: who, what, when, and what can be tapped. */
import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { Choice } from '../../model/message.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { Html } from './html.ts';
import { ownPath, textHtml } from './message-text.ts';

/** Through whose eyes a chat is seen. */
export interface View {
  readonly publicUrl: string;
  readonly viewerAddress: string;
  readonly timeOf: (at: Date) => string;
  /** The name over a bubble. */
  readonly nameOf: (senderAddress: string | null) => string;
  /** Where a tapped choice is sent to, and what goes with it. */
  readonly sayPath: string;
  readonly sayFields: Readonly<Record<string, string>>;
}

/** What was asked before the viewer's last word has been answered, so it can no longer be tapped. */
export function bubbles(messages: readonly WebMessage[], view: View): Html[] {
  const lastOwn = messages.findLastIndex((message) => message.senderAddress === view.viewerAddress);
  return messages.map((message, index) => bubble(message, view, index > lastOwn));
}

export function bubble({ id, senderAddress, message, at }: WebMessage, view: View, isOpen: boolean): Html {
  const isBot = senderAddress === null;
  const kind = isBot ? 'from-bot' : senderAddress === view.viewerAddress ? 'own' : 'other';
  // Only the bot's words carry markup; a person's stars stay stars.
  const words = isBot ? textHtml(message.text, view.publicUrl) : message.text;
  return html`<li class="bubble ${kind}" id="m-${id}">
<span class="who">${view.nameOf(senderAddress)}</span>
<p class="words">${words}</p>
${linkButton(message.link, view)}${isOpen ? choiceButtons(message.choices ?? [], view) : ''}
<time datetime="${at.toISOString()}">${view.timeOf(at)}</time>
</li>`;
}

export function newClientId(): string {
  return randomBytes(12).toString('base64url');
}

export function hiddenFields(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function linkButton(link: WebMessage['message']['link'], { publicUrl }: View): Html | string {
  const path = link === undefined ? null : ownPath(link.url, publicUrl);
  return link === undefined || path === null ? '' : html`<a class="link-button" href="${path}">${link.label}</a>`;
}

function choiceButtons(choices: readonly Choice[], { sayPath, sayFields }: View): Html | string {
  if (choices.length === 0) return '';
  return html`<form class="choices" method="post" action="${sayPath}" data-say>
${hiddenFields({ ...sayFields, id: newClientId() })}
${choices.map(({ label, say }) => html`<button name="text" value="${say}">${label}</button>`)}
</form>`;
}

/** The time of day, with the date where it is not today's. */
export function timesOf(locale: string, zone: string, now: Date): (at: Date) => string {
  const time = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const ofToday = new Intl.DateTimeFormat(locale, time);
  const ofOtherDays = new Intl.DateTimeFormat(locale, { ...time, month: 'short', day: 'numeric' });
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  return (at) => (day.format(at) === day.format(now) ? ofToday : ofOtherDays).format(at);
}
