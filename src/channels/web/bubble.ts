/** One message of a chat as HTML: who, what, when, and what can be tapped. */
import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Choice } from '../../model/message.ts';
import type { WebMessage } from '../../model/web-message.ts';
import { ownPath, textHtml } from './message-text.ts';
import { type PictureLook, pictureIn } from './shown-picture.ts';

/** Through whose eyes a chat is seen. */
export interface View {
  readonly publicUrl: string;
  readonly viewerAddress: string;
  readonly timeOf: (at: Date) => string;
  /** The name over a bubble. */
  readonly nameOf: (senderAddress: string | null) => string;
  /** What stands beside the name, e.g. that it was told to everybody. */
  readonly noteOf?: (message: WebMessage) => string | null;
  readonly picture: PictureLook;
  /** Where a tapped choice is sent to, and what goes with it. */
  readonly sayPath: string;
  readonly sayFields: Readonly<Record<string, string>>;
}

/** What was asked before the viewer's last word has been answered, so it can no longer be tapped. */
export function bubbles(messages: readonly WebMessage[], view: View): Html[] {
  const lastOwn = messages.findLastIndex((message) => message.senderAddress === view.viewerAddress);
  return messages.map((message, index) => bubble(message, view, index > lastOwn));
}

function bubble(shown: WebMessage, view: View, isOpen: boolean): Html {
  const { id, senderAddress, message, at } = shown;
  const isBot = senderAddress === null;
  const kind = isBot ? 'from-bot' : senderAddress === view.viewerAddress ? 'own' : 'other';
  // Only the bot's words carry markup; a person's stars stay stars.
  const words = isBot ? textHtml(message.text, view.publicUrl) : message.text;
  return html`<div class="bubble ${kind}" id="m-${id}" data-at="${at.getTime()}">
<p class="head"><span class="who">${view.nameOf(senderAddress)}</span>${noteBeside(shown, view)}
<time datetime="${at.toISOString()}">${view.timeOf(at)}</time></p>
<p class="words">${words}</p>
${pictureIn(shown, view.picture)}${linkButton(message.link, view)}${choiceList(message.choices ?? [], isOpen, id, view)}
</div>`;
}

function noteBeside(shown: WebMessage, { noteOf }: View): Html | string {
  const note = noteOf?.(shown) ?? null;
  return note === null ? '' : html` <span class="note-beside">${note}</span>`;
}

/** A bubble on its way to a page that is open. */
export interface Piece {
  readonly id: string;
  /** In milliseconds; bubbles stand in this order. */
  readonly at: number;
  readonly isOwn: boolean;
  readonly html: string;
}

export async function piece(message: WebMessage, view: View): Promise<Piece> {
  const isOwn = message.senderAddress === view.viewerAddress;
  return { id: message.id, at: message.at.getTime(), isOwn, html: String(await bubble(message, view, true)) };
}

/** The choice that a button stands for; `null` where its message is not shown any more. */
export function chosenFrom(messages: readonly WebMessage[], value: string): Choice | null {
  const [messageId, index] = value.split('.');
  const asked = messages.find(({ id }) => id === messageId);
  return asked?.message.choices?.[Number(index)] ?? null;
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

/** Answered, they stay to be read: the question means little without them. */
function choiceList(choices: readonly Choice[], isOpen: boolean, messageId: string, view: View): Html | string {
  if (choices.length === 0) return '';
  if (isOpen) return choiceButtons(choices, messageId, view);
  return html`<ul class="past">${choices.map(({ label }) => html`<li>${label}</li>`)}</ul>`;
}

function choiceButtons(choices: readonly Choice[], messageId: string, { sayPath, sayFields }: View): Html {
  return html`<form class="choices" method="post" action="${sayPath}" data-say>
${hiddenFields({ ...sayFields, id: newClientId() })}
${choices.map(({ label }, index) => html`<button name="choice" value="${messageId}.${index}">${label}</button>`)}
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
