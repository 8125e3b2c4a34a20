/** The chats a member of staff has bound to the account, on the page of the account. */
import { html } from 'hono/html';
import { makeCode } from '../../features/binding/code-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { dropUnusedCodes } from '../../store/binding-code-table.ts';
import { listStaffChats, type StaffChat, unbindStaffChat } from '../../store/staff-chat-table.ts';
import { action } from '../admin-route.ts';
import { momentWords } from '../local-words.ts';
import { goTo, showPage } from '../page-answer.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';
import { channelWords, timeWords } from './place-words.ts';
import { STAFF_TEXTS } from './staff-texts.ts';

const ACCOUNT = '/account';

export const STAFF_CHAT_ROUTES = [
  action(`${ACCOUNT}/chat-code`, 'viewer', makeOwn),
  action(`${ACCOUNT}/chats/:id/unbind`, 'viewer', unbind),
] as const;

export async function staffChats(visit: Visit): Promise<Html> {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const chats = await visit.parts.store.read((tx) => listStaffChats(tx, visit.staff.id));
  const list = chats.length === 0 ? '' : html`<ul class="rows">${chats.map((chat) => chatRow(visit, chat))}</ul>`;
  return html`<section><h2>${words('staff-chat.title')}</h2><p class="hint">${words('staff-chat.help')}</p>${list}
<form method="post" action="/admin${ACCOUNT}/chat-code"><p class="actions"><button class="quiet">${words('staff-chat.button')}</button></p></form></section>`;
}

function chatRow(visit: Visit, { chatId, channel, boundAt }: StaffChat): Html {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const line = words('staff-chat.bound', {
    channel: channelWords(visit, channel),
    since: momentWords(boundAt, visit.community),
  });
  return html`<li class="split"><span>${line}</span><form method="post" action="/admin${ACCOUNT}/chats/${chatId}/unbind"><button class="quiet">${words('staff-chat.unbind')}</button></form></li>`;
}

async function makeOwn(visit: Visit): Promise<Response> {
  const { communityId, staffId, now } = actOf(visit);
  const { code, record } = await visit.parts.store.write(async (tx) => {
    await dropUnusedCodes(tx, { staffId });
    return makeCode(tx, visit.parts.codes, { communityId, purpose: 'staff', staffId }, now);
  });
  return showCode(visit, code, record.expiresAt);
}

/** On the page itself and nowhere else: not in an address, a cookie or the log. */
function showCode(visit: Visit, code: string, until: Date): Promise<Response> {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const bot = visit.parts.telegramName();
  const link =
    bot === null
      ? ''
      : html`<p><a href="https://t.me/${bot}?start=${code}" rel="noreferrer">${words('staff-chat.telegram')}</a></p>`;
  const body = html`<p>${words('staff-chat.made-help')}</p>
<dl class="secret"><dt>${words('staff-chat.code')}</dt><dd>${code}</dd></dl>${link}
<p class="hint">${words('staff-chat.until', { until: timeWords(until, visit.community) })}</p>
<p class="actions"><a class="button" href="/admin${ACCOUNT}">${words('staff-chat.back')}</a></p>`;
  const back = { path: ACCOUNT, label: wordsFor(visit, STAFF_TEXTS)('account.title') };
  return showPage(visit, { title: words('staff-chat.made-title'), section: 'settings', back, body });
}

async function unbind(visit: Visit): Promise<Response> {
  const chatId = visit.context.req.param('id') ?? '';
  const { communityId, staffId, now } = actOf(visit);
  await visit.parts.store.write(async (tx) => {
    if (!(await unbindStaffChat(tx, chatId, staffId))) return;
    await appendAudit(tx, { communityId, staffId, action: 'staff.chat-unbind', subjectId: staffId, at: now });
  });
  return goTo(visit, ACCOUNT, { key: 'staff-chat.unbound' });
}
