/** Signing in and out. What somebody typed while their session ran out is carried through and given back. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { textField } from '../form-fields.ts';
import { layOutBare } from '../layout.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type PostedForm, RESUMED, readPosted } from '../posted-form.ts';
import { PAUSE_MINUTES } from './attempt-limits.ts';
import { type Caller, pathOnSite, wordsToCaller } from './front-door.ts';
import { type KeptField, keptFields, keptIn, keptInputs } from './kept-form.ts';
import { putSessionCookie } from './session-cookie.ts';
import { deviceOf, signIn } from './session-service.ts';
import { SIGN_IN_TEXTS } from './sign-in-texts.ts';

type Trouble = 'wrong' | 'too-often' | 'expired' | 'signed-out';

interface SignInPage {
  readonly trouble: Trouble | null;
  readonly login: string;
  readonly next: string;
  readonly kept: readonly KeptField[];
}

const SignInForm = z.object({
  login: z.string().default(''),
  password: z.string().default(''),
  next: z.string().default(''),
});

export function showSignIn(caller: Caller): Response | Promise<Response> {
  const { context } = caller;
  const trouble = context.req.query('out') === 'yes' ? 'signed-out' : null;
  return show(caller, { trouble, login: '', next: pathOnSite(context.req.query('next') ?? ''), kept: [] });
}

/** Instead of an answer to a form that came without a session. */
export function showExpired(caller: Caller, form: PostedForm): Response | Promise<Response> {
  const kept = keptFields(form.fields);
  // A button without fields is not pressed again for somebody; they see where they are first.
  const next = kept.length === 0 ? '/admin' : pathOnSite(caller.context.req.path);
  return show(caller, { trouble: 'expired', login: '', next, kept }, 401);
}

/** Sends a form of this site anew, in the name of whoever has just signed in. */
export type Resend = (path: string, fields: readonly KeptField[], token: string) => Response | Promise<Response>;

export async function trySignIn(caller: Caller, resend: Resend): Promise<Response> {
  const { parts, context, now } = caller;
  const { fields } = await readPosted(context);
  const form = SignInForm.safeParse(fields);
  if (!form.success) return show(caller, { trouble: 'wrong', login: '', next: '/admin', kept: [] }, 422);
  const { login, password } = form.data;
  const next = pathOnSite(form.data.next);
  const kept = keptIn(fields);
  const device = deviceOf(context.req.header('user-agent') ?? '');
  const result = await signIn(parts, { login, password, address: parts.addressOf(context), device }, now);
  if (!result.ok) {
    parts.log.warn({ why: result.why }, 'somebody could not sign in');
    return show(caller, { trouble: result.why, login, next, kept }, result.why === 'wrong' ? 401 : 429);
  }
  const answer = kept.length === 0 ? context.redirect(next, 303) : await giveBack(resend, next, kept, result.token);
  context.res = answer;
  putSessionCookie(context, parts.publicUrl, result.token);
  return context.res;
}

async function show(caller: Caller, shown: SignInPage, status: 200 | 401 | 422 | 429 = 200): Promise<Response> {
  const words = wordsToCaller(caller, SIGN_IN_TEXTS);
  const form = { values: { login: shown.login }, faults: {}, words: wordsToCaller(caller, PAGE_TEXTS) };
  const body = html`${troubleLine(caller, shown)}
<form method="post" action="/admin/sign-in">
${keptInputs(shown.kept)}
<input type="hidden" name="next" value="${shown.next}">
${textField(form, { name: 'login', label: words('sign-in.login'), autocomplete: 'username' })}
${textField(form, { name: 'password', label: words('sign-in.password'), type: 'password', autocomplete: 'current-password' })}
<p class="actions"><button>${words('sign-in.button')}</button></p>
</form>
<p class="hint">${words('sign-in.forgot')}</p>`;
  const title = words('sign-in.title', { community: caller.community.name });
  return caller.context.html(layOutBare(caller.community.locale, { title, body }), status);
}

function troubleLine(caller: Caller, { trouble, kept }: SignInPage): Html {
  if (trouble === null) return html``;
  const words = wordsToCaller(caller, SIGN_IN_TEXTS);
  const line =
    trouble === 'too-often' ? words('sign-in.too-often', { minutes: PAUSE_MINUTES }) : words(`sign-in.${trouble}`);
  const isCalm = trouble === 'signed-out' || trouble === 'expired';
  const more = kept.length === 0 ? '' : html`<p>${words('sign-in.kept')}</p>`;
  return html`<div class="${isCalm ? 'done' : 'done trouble'}" role="alert"><p>${line}</p>${more}</div>`;
}

function giveBack(resend: Resend, path: string, kept: readonly KeptField[], token: string) {
  return resend(path, [...kept, { name: RESUMED, value: 'yes' }], token);
}

/** Where a form cannot come back as it stood: what was about to be sent, one button away. It is sent by the person, not by us. */
export async function showResume(caller: Caller, path: string, form: PostedForm): Promise<Response> {
  const kept = keptFields(form.fields);
  const words = wordsToCaller(caller, SIGN_IN_TEXTS);
  const typed = kept.filter(({ value }) => value.trim() !== '' && value !== 'yes');
  const body = html`<p>${words('sign-in.resume-help')}</p>
<ul class="plain">${typed.map(({ value }) => html`<li class="typed">${value}</li>`)}</ul>
<p class="hint">${words('sign-in.resume-secrets')}</p>
<form method="post" action="${path}">
${kept.map(({ name, value }) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="actions"><button>${words('sign-in.resume-button')}</button> <a class="button quiet" href="/admin">${words('sign-in.resume-drop')}</a></p>
</form>`;
  const title = words('sign-in.resume-title');
  return caller.context.html(layOutBare(caller.community.locale, { title, body }));
}
