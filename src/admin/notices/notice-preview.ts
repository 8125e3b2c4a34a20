/** A notice as residents will see it, channel by channel, with what is worth a second look before it goes. */
import { html } from 'hono/html';
import { noticeSaid } from '../../features/notices/notices-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { splitText } from '../../lib/split-text.ts';
import { graphemeLength } from '../../lib/text.ts';
import { CHANNELS, type ChannelName } from '../../model/channel-name.ts';
import type { Notice } from '../../model/notice.ts';
import { timeWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { picturePath } from './notice-picture.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';
import { findPrivateWords } from './private-words.ts';

/** `channels` has one entry for each group. */
export function noticePreview(visit: Visit, notice: Notice, channels: readonly ChannelName[]): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const isAhead = notice.state === 'draft' || notice.state === 'scheduled';
  const figures = CHANNELS.filter((channel) => channels.includes(channel)).map((channel) => {
    const text = messageOf(visit, notice, channel);
    const groups = channels.filter((one) => one === channel).length;
    const variables = { channel: words(`notices.channel-${channel}`), groups, length: graphemeLength(text) };
    const longest = visit.parts.longestText(channel);
    const parts = longest === null ? [text] : splitText(text, (part) => graphemeLength(part) <= longest);
    const cut = { parts: parts.length, longest: longest ?? 0 };
    const split = parts.length > 1 ? html`<p class="caution">${words('notices.preview-split', cut)}</p>` : '';
    return html`<figure class="preview"><figcaption class="hint">${words('notices.preview-on', variables)}</figcaption>${split}
${bubbles(visit, notice, { parts, isPictureFirst: visit.parts.isPictureFirst(channel) })}</figure>`;
  });
  return html`<section><h2>${words('notices.preview')}</h2>${figures}${isAhead ? cautions(visit, notice) : ''}</section>`;
}

/** Over its words in one bubble, or below them in one of its own. */
function bubbles(
  visit: Visit,
  notice: Notice,
  { parts, isPictureFirst }: { readonly parts: readonly string[]; readonly isPictureFirst: boolean },
): Html[] {
  const [first = '', ...rest] = parts.map(markedUp).map((text) => html`<p class="words">${text}</p>`);
  const picture = pictureOf(visit, notice);
  const shown = isPictureFirst ? [html`${picture}${first}`, ...rest] : [first, ...rest, picture];
  return shown.filter((inside) => inside !== '').map((inside) => bubble(visit, notice, html`${inside}`));
}

function pictureOf(visit: Visit, notice: Notice): Html | '' {
  if (notice.pictureId === null) return '';
  const name = wordsFor(visit, NOTICES_PAGE_TEXTS)('notices.picture');
  return html`<img class="in-bubble" src="${picturePath(notice)}" alt="${name}">`;
}

function bubble(visit: Visit, { sendAt }: Notice, inside: Html): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  return html`<div class="bubble"><p class="hint"><strong>${words('notices.bot')}</strong> ${timeWords(sendAt ?? visit.now, visit.community)}</p>${inside}</div>`;
}

function messageOf({ content, community }: Visit, notice: Notice, channel: ChannelName): string {
  const { key, variables } = noticeSaid(notice, null, channel);
  return content.texts.render(community.locale, key, variables, notice.id);
}

const BOLD = /\*\*([^*\n]+)\*\*/g;

/** `**bold**` is all the markup a message has. */
function markedUp(text: string): Html {
  const pieces: (Html | string)[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: bold = '' } of text.matchAll(BOLD)) {
    pieces.push(text.slice(end, index), html`<strong>${bold}</strong>`);
    end = index + whole.length;
  }
  return html`${[...pieces, text.slice(end)]}`;
}

/** A warning, not a fence: a notice may well name the one to call. */
function cautions(visit: Visit, { text }: Notice): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const { hasNumber, names } = findPrivateWords(text, visit.content.languageTables);
  const separator = wordsFor(visit, PAGE_TEXTS)('page.list-separator');
  const named = html`<p class="caution">${words('notices.has-name', { names: names.join(separator) })}</p>`;
  return html`${hasNumber ? html`<p class="caution">${words('notices.has-number')}</p>` : ''}${names.length === 0 ? '' : named}`;
}
