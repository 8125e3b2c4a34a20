/** Who works here and what they may do. A password made for somebody is shown once and is good for one thing: choosing their own. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { ROLES } from '../../model/records.ts';
import type { Staff } from '../../model/staff.ts';
import { findStaff, listStaff } from '../../store/staff-table.ts';
import { action, formAction, page } from '../admin-route.ts';
import { choiceField, textField } from '../form-fields.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Faults, Login, oneOf, readForm, requiredText, type Typed } from '../posted-form.ts';
import { newCode } from '../sign-in/secret.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { addColleague, type ChangeResult, changeColleague, resetPassword, type StaffChange } from './staff-service.ts';
import { STAFF_TEXTS } from './staff-texts.ts';

const PATH = '/settings/staff';

export const STAFF_ROUTES = [
  page(PATH, 'admin', (visit) => showList(visit, { role: 'worker' }, {})),
  formAction(PATH, 'admin', add),
  page(`${PATH}/:id`, 'admin', showOne),
  action(`${PATH}/:id/role`, 'admin', setRole),
  action(`${PATH}/:id/disable`, 'admin', (visit) => change(visit, { isDisabled: true })),
  action(`${PATH}/:id/enable`, 'admin', (visit) => change(visit, { isDisabled: false })),
  action(`${PATH}/:id/reset`, 'admin', reset),
] as const;

const StaffForm = z.object({ displayName: requiredText(30), login: Login, role: oneOf(ROLES) });
const RoleForm = z.object({ role: oneOf(ROLES) });

/** 60 bits, typed once from a slip of paper. */
const PASSWORD_GROUPS = 3;

async function add(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, StaffForm);
  if (!form.ok) return showList(visit, form.typed, form.faults);
  const password = newCode(PASSWORD_GROUPS);
  const passwordHash = await visit.parts.passwords.hash(password);
  const staff = await visit.parts.store.write((tx) => addColleague(tx, { ...form.value, passwordHash }, actOf(visit)));
  if (staff === null) return showList(visit, visit.form.fields, { login: 'fault.login-taken' });
  return showPassword(visit, staff, password);
}

async function reset(visit: Visit): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  if (id === visit.staff.id) return goTo(visit, '/account');
  const password = newCode(PASSWORD_GROUPS);
  const passwordHash = await visit.parts.passwords.hash(password);
  const staff = await visit.parts.store.write((tx) => resetPassword(tx, id, passwordHash, actOf(visit)));
  return staff === null ? showNothingThere(visit) : showPassword(visit, staff, password);
}

async function setRole(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, RoleForm);
  return form.ok ? change(visit, form.value) : goTo(visit, PATH);
}

async function change(visit: Visit, what: StaffChange): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const result = await visit.parts.store.write((tx) => changeColleague(tx, id, what, actOf(visit)));
  if (!result.ok) return refuse(visit, result);
  const variables = { name: result.staff.displayName };
  if ('role' in what) return goTo(visit, PATH, { key: 'page.saved' });
  const undo = { path: `/admin${PATH}/${id}/${what.isDisabled ? 'enable' : 'disable'}`, fields: {} };
  return goTo(visit, PATH, { key: what.isDisabled ? 'staff.disabled-now' : 'staff.enabled-now', variables, undo });
}

async function refuse(visit: Visit, { why }: Extract<ChangeResult, { ok: false }>): Promise<Response> {
  if (why === 'unknown') return showNothingThere(visit);
  return goTo(visit, PATH, { key: why === 'last-admin' ? 'staff.last-admin' : 'staff.not-yourself', isTrouble: true });
}

async function showList(visit: Visit, typed: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, STAFF_TEXTS);
  const staff = await visit.parts.store.read((tx) => listStaff(tx, visit.community.id));
  const form = stateOf(visit, typed, faults);
  const addForm = settingsForm(visit, {
    path: PATH,
    role: 'admin',
    button: words('staff.add-button'),
    fields: [
      textField(form, { name: 'displayName', label: words('staff.name') }),
      textField(form, { name: 'login', label: words('staff.login'), hint: words('staff.login-hint') }),
      choiceField(form, { name: 'role', label: words('staff.role'), choices: roleChoices(visit), isStacked: true }),
    ],
  });
  const body = html`<ul class="rows">${staff.map((one) => staffRow(visit, one))}</ul><section><h2>${words('staff.add')}</h2>${addForm}</section>`;
  const title = words('staff.title');
  return showPage(visit, { title, section: 'settings', back: backToSettings(visit), body, status: statusOf(faults) });
}

function roleChoices(visit: Visit) {
  const words = wordsFor(visit, STAFF_TEXTS);
  return ROLES.map((role) => ({ value: role, label: words(`staff.role-${role}-help`) }));
}

function staffRow(visit: Visit, staff: Staff): Html {
  const words = wordsFor(visit, STAFF_TEXTS);
  const marks = [
    words(`staff.role-${staff.role}`),
    ...(staff.id === visit.staff.id ? [words('staff.you')] : []),
    ...(staff.disabledAt === null ? [] : [words('staff.disabled')]),
    ...(staff.passwordIsInitial ? [words('staff.not-yet')] : []),
  ];
  return html`<li><a href="/admin${PATH}/${staff.id}">${staff.displayName}</a> <span class="hint">${staff.login} · ${marks.join(' · ')}</span></li>`;
}

async function showOne(visit: Visit): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const staff = await visit.parts.store.read((tx) => findStaff(tx, visit.community.id, id));
  if (staff === null) return showNothingThere(visit);
  const words = wordsFor(visit, STAFF_TEXTS);
  const form = stateOf(visit, { role: staff.role }, {});
  const toggle = staff.disabledAt === null ? 'disable' : 'enable';
  const others = html`<form method="post" action="/admin${PATH}/${id}/reset"><p class="hint">${words('staff.reset-help')}</p><button class="quiet">${words('staff.reset')}</button></form>
<form method="post" action="/admin${PATH}/${id}/${toggle}"><button class="quiet">${words(`staff.${toggle}`)}</button></form>`;
  const body = html`${settingsForm(visit, {
    path: `${PATH}/${id}/role`,
    role: 'admin',
    fields: [
      choiceField(form, { name: 'role', label: words('staff.role'), choices: roleChoices(visit), isStacked: true }),
    ],
  })}${id === visit.staff.id ? '' : html`<div class="aside">${others}</div>`}`;
  const back = { path: PATH, label: words('staff.title') };
  return showPage(visit, {
    title: words('staff.change', { name: staff.displayName }),
    section: 'settings',
    back,
    body,
  });
}

/** On the page itself and nowhere else: not in an address, a cookie or the log. */
function showPassword(visit: Visit, staff: Staff, password: string): Promise<Response> {
  const words = wordsFor(visit, STAFF_TEXTS);
  const body = html`<p>${words('staff.password-help')}</p>
<dl class="secret"><dt>${words('staff.login')}</dt><dd>${staff.login}</dd><dt>${words('account.password')}</dt><dd>${password}</dd></dl>
<p class="hint">${words('staff.password-once')}</p>
<p><a class="button" href="/admin${PATH}">${words('staff.back-to-list')}</a></p>`;
  const title = words('staff.password-title', { name: staff.displayName });
  return showPage(visit, { title, section: 'settings', body });
}
