/** The very first page of a fresh bot: the code from the console, and the first account. */
import { html } from 'hono/html';
import { z } from 'zod';
import { leaveFlash } from '../flash.ts';
import { textField } from '../form-fields.ts';
import { layOutBare } from '../layout.ts';
import { PAGE_TEXTS, type PageTextKey } from '../page-texts.ts';
import { type Faults, Login, readForm, readPosted, requiredText, type Typed } from '../posted-form.ts';
import { type Caller, wordsToCaller } from './front-door.ts';
import { passwordFault } from './password-rules.ts';
import { putSessionCookie } from './session-cookie.ts';
import { beginSession, deviceOf } from './session-service.ts';
import { makeFirstAccount } from './setup-service.ts';
import { SIGN_IN_TEXTS } from './sign-in-texts.ts';

const SetupForm = z.object({
  code: requiredText(40),
  displayName: requiredText(30),
  login: Login,
  password: z.string().default(''),
  again: z.string().default(''),
});

type Trouble = 'wrong-code' | 'code-void';

export function showSetup(caller: Caller): Promise<Response> {
  return show(caller, {}, {}, null);
}

export async function trySetup(caller: Caller): Promise<Response> {
  const { parts, context, community, now } = caller;
  const form = readForm(await readPosted(context), SetupForm);
  if (!form.ok) return show(caller, form.typed, form.faults, null);
  const account = form.value;
  const why = passwordFault(account.password, account);
  if (why !== null) return show(caller, account, passwordFaults(why), null);
  const result = await makeFirstAccount(parts, community, account, now);
  if (!result.ok && result.why === 'done-before') return context.redirect('/admin', 303);
  if (!result.ok) return show(caller, account, {}, result.why === 'wrong-code' ? 'wrong-code' : 'code-void');
  const device = deviceOf(context.req.header('user-agent') ?? '');
  const token = await parts.store.write((tx) => beginSession(tx, result.staff, device, now));
  putSessionCookie(context, parts.publicUrl, token);
  leaveFlash(context, parts.publicUrl, { key: 'setup.welcome', variables: { name: result.staff.displayName } });
  return context.redirect('/admin', 303);
}

/** Beside the field that is to be changed. */
export function passwordFaults(why: Exclude<ReturnType<typeof passwordFault>, null>): Faults {
  const key: PageTextKey = `fault.${why}`;
  return why === 'not-the-same' ? { again: key } : { password: key };
}

async function show(caller: Caller, values: Typed, faults: Faults, trouble: Trouble | null): Promise<Response> {
  const words = wordsToCaller(caller, SIGN_IN_TEXTS);
  const form = { values, faults, words: wordsToCaller(caller, PAGE_TEXTS) };
  const body = html`<p>${words('setup.intro')}</p>
${trouble === null ? '' : html`<div class="done trouble" role="alert"><p>${words(`setup.${trouble}`)}</p></div>`}
<form method="post" action="/admin/setup">
${textField(form, { name: 'code', label: words('setup.code'), hint: words('setup.code-hint') })}
${textField(form, { name: 'displayName', label: words('setup.name'), hint: words('setup.name-hint'), autocomplete: 'name' })}
${textField(form, { name: 'login', label: words('setup.login'), hint: words('setup.login-hint'), autocomplete: 'username' })}
${textField(form, { name: 'password', label: words('setup.password'), hint: words('setup.password-hint'), type: 'password', autocomplete: 'new-password' })}
${textField(form, { name: 'again', label: words('setup.again'), type: 'password', autocomplete: 'new-password' })}
<p class="actions"><button>${words('setup.button')}</button></p>
</form>`;
  const isGood = trouble === null && Object.keys(faults).length === 0;
  return caller.context.html(
    layOutBare(caller.community.locale, { title: words('setup.title'), body }),
    isGood ? 200 : 422,
  );
}
