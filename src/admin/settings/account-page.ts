/** One's own account: the password, and where one is signed in. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { forgetAttempts, takeAttempt } from '../../store/attempt-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteSession, listSessions } from '../../store/staff-session-table.ts';
import { findLogin } from '../../store/staff-table.ts';
import { action, page } from '../admin-route.ts';
import { textField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, readForm } from '../posted-form.ts';
import { ownPasswordLimit } from '../sign-in/attempt-limits.ts';
import { passwordFault } from '../sign-in/password-rules.ts';
import { isAlive } from '../sign-in/session-service.ts';
import { passwordFaults } from '../sign-in/setup-page.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { stateOf, statusOf } from './settings-form.ts';
import { staffChats } from './staff-chat-page.ts';
import { changeOwnPassword } from './staff-service.ts';
import { STAFF_TEXTS } from './staff-texts.ts';

const PATH = '/account';

export const ACCOUNT_ROUTES = [
  page(PATH, 'viewer', (visit) => show(visit, {}), { beforeOwnPassword: true }),
  action(`${PATH}/password`, 'viewer', setOwnPassword, { beforeOwnPassword: true }),
  action(`${PATH}/end-session`, 'viewer', endSession),
] as const;

const PasswordForm = z.object({
  passwordNow: z.string().default(''),
  password: z.string().default(''),
  again: z.string().default(''),
});

async function setOwnPassword(visit: Visit): Promise<Response> {
  const { parts, staff, tokenHash, now } = visit;
  const form = readForm(visit.form, PasswordForm);
  if (!form.ok) return show(visit, form.faults);
  const why = passwordFault(form.value.password, { login: staff.login, again: form.value.again });
  if (why !== null) return show(visit, passwordFaults(why));
  // A page left open by somebody else is no place to guess at.
  const limit = ownPasswordLimit(staff.id);
  const mayTry = await parts.store.write((tx) => takeAttempt(tx, [limit], now));
  if (!mayTry) return goTo(visit, PATH, { key: 'account.too-often', isTrouble: true });
  const known = await parts.store.read((tx) => findLogin(tx, staff.login));
  if (!(await parts.passwords.verify(form.value.passwordNow, known?.passwordHash))) {
    return show(visit, { passwordNow: 'fault.wrong-password' });
  }
  const passwordHash = await parts.passwords.hash(form.value.password);
  await parts.store.write(async (tx) => {
    await forgetAttempts(tx, [limit.key]);
    await changeOwnPassword(tx, staff, { passwordHash, tokenHash, now });
  });
  return goTo(visit, staff.passwordIsInitial ? '/' : PATH, { key: 'account.changed' });
}

const EndForm = z.object({ session: z.string() });

async function endSession(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, EndForm);
  if (!form.ok) return goTo(visit, PATH);
  const { staff, community, now } = visit;
  await visit.parts.store.write(async (tx) => {
    await deleteSession(tx, staff.id, form.value.session);
    await appendAudit(tx, { communityId: community.id, staffId: staff.id, action: 'staff.session-end', at: now });
  });
  return goTo(visit, PATH, { key: 'account.session-ended' });
}

async function show(visit: Visit, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, STAFF_TEXTS);
  const { staff } = visit;
  const form = stateOf(visit, {}, faults);
  const body = html`${staff.passwordIsInitial ? html`<div class="done"><p>${words('account.must-choose')}</p></div>` : ''}
<p class="hint">${words('account.role', { login: staff.login, role: words(`staff.role-${staff.role}`) })}</p>
<section><h2>${words('account.password')}</h2><form method="post" action="/admin${PATH}/password">
${textField(form, { name: 'passwordNow', label: words('account.current'), type: 'password', autocomplete: 'current-password' })}
${textField(form, { name: 'password', label: words('account.new'), hint: words('account.new-hint'), type: 'password', autocomplete: 'new-password' })}
${textField(form, { name: 'again', label: words('account.again'), type: 'password', autocomplete: 'new-password' })}
<p class="actions"><button>${words('account.button')}</button></p></form></section>
${staff.passwordIsInitial ? '' : html`${await staffChats(visit)}${await sessions(visit)}`}`;
  return showPage(visit, { title: words('account.title'), section: 'settings', body, status: statusOf(faults) });
}

async function sessions(visit: Visit): Promise<Html> {
  const words = wordsFor(visit, STAFF_TEXTS);
  const all = await visit.parts.store.read((tx) => listSessions(tx, visit.staff.id));
  const rows = all
    .filter((session) => isAlive(session, visit.now))
    .map(({ tokenHash, device, createdAt }) => {
      const name = device === '' ? words('account.session-unknown') : device;
      const line = words('account.session', { device: name, since: momentWords(createdAt, visit.community) });
      const end = html`<form method="post" action="/admin${PATH}/end-session"><input type="hidden" name="session" value="${tokenHash}"><button class="quiet">${words('account.session-end')}</button></form>`;
      return html`<li class="split"><span>${line}</span>${tokenHash === visit.tokenHash ? html`<span class="hint">${words('account.session-here')}</span>` : end}</li>`;
    });
  return html`<section><h2>${words('account.sessions')}</h2><ul class="rows">${rows}</ul></section>`;
}
