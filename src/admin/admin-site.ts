/** The committee's site, to be mounted at /admin: lets in who may, and hands each visit to its page. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { createGate, type Gate } from '../lib/gate.ts';
import { PAGE_HEADERS } from '../lib/http/page-headers.ts';
import { isSameOrigin } from '../lib/http/same-origin.ts';
import type { Community } from '../model/community.ts';
import { mayActAs } from '../model/staff.ts';
import { findCommunity, listCommunities } from '../store/community-table.ts';
import { hasGroupsByHand } from '../store/hand-group-table.ts';
import type { Transaction } from '../store/store.ts';
import { ADMIN_CSS, ADMIN_CSS_PATH } from './admin-css.ts';
import { ADMIN_ROUTES } from './admin-pages.ts';
import type { AdminParts } from './admin-parts.ts';
import type { AdminRoute } from './admin-route.ts';
import { layOutBare } from './layout.ts';
import { showNothingThere, showRefusal } from './page-answer.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import { NO_FORM, type PostedForm, readPosted } from './posted-form.ts';
import { PAGE_SCRIPTS } from './scripts/page-script.ts';
import { type Caller, wordsToCaller } from './sign-in/front-door.ts';
import { dropSessionCookie, sessionCookie, sessionToken } from './sign-in/session-cookie.ts';
import { readSession, type SignedIn } from './sign-in/session-service.ts';
import { showSetup, trySetup } from './sign-in/setup-page.ts';
import { isSetupNeeded } from './sign-in/setup-service.ts';
import { type Resend, showExpired, showResume, showSignIn, trySignIn } from './sign-in/sign-in-page.ts';
import type { Visit } from './visit.ts';

const FORM_BYTES = 256 * 1024;
const FILE_BYTES = 20 * 1024 * 1024;
// Each may take several times its size in memory while it is read.
const FILES_AT_ONCE = 2;

export function createAdminSite(parts: AdminParts): Hono {
  const site = new Hono();
  const fileGate = createGate(FILES_AT_ONCE);
  site.use(withHeaders(parts), ownFormsOnly(parts));
  site.get('/admin.css', (context) => stylesheet(context));
  for (const { route, answer } of PAGE_SCRIPTS) site.get(route, (context) => answer(context));
  site.get('/setup', (context) => beforeSetup(parts, context, showSetup));
  site.post('/setup', limit(parts, FORM_BYTES), (context) => beforeSetup(parts, context, trySetup));
  site.get('/sign-in', (context) => atTheDoor(parts, context, showSignIn));
  site.post('/sign-in', limit(parts, FORM_BYTES), (context) =>
    atTheDoor(parts, context, (caller) => trySignIn(caller, resendOn(site, parts, context))),
  );
  for (const route of ADMIN_ROUTES) {
    const limited = route.takesFile ? largeFromStaff(parts) : limit(parts, FORM_BYTES);
    site.on(route.method, route.path, limited, (context) => letIn(parts, context, route, fileGate));
  }
  site.all('*', limit(parts, FORM_BYTES), (context) => letIn(parts, context, NOWHERE, fileGate));
  site.onError((error, context) => apologise(parts, context, error));
  return site;
}

const NOWHERE: Pick<AdminRoute, 'role' | 'takesFile' | 'beforeOwnPassword' | 'comesBack' | 'answer'> = {
  role: 'viewer',
  takesFile: false,
  beforeOwnPassword: false,
  comesBack: false,
  answer: showNothingThere,
};

/** Who is signed in with this request, for other parts of the house that ask. */
export async function signedIn(parts: AdminParts, context: Context): Promise<SignedIn | null> {
  const token = sessionToken(context, parts.publicUrl);
  return token === null ? null : readSession(parts.store, token, parts.clock.now());
}

async function letIn(parts: AdminParts, context: Context, route: typeof NOWHERE, fileGate: Gate): Promise<Response> {
  const caller = await callerOf(parts, context);
  if (await parts.store.read(isSetupNeeded)) return context.redirect('/admin/setup', 303);
  const known = await signedIn(parts, context);
  const office = known === null ? null : await parts.store.read((tx) => readOffice(tx, known.staff.communityId));
  if (known === null || office === null) return turnAway(caller, route);
  const form = await formOf(context, route, fileGate);
  const { staff, session } = known;
  const content = parts.content();
  const visit: Visit = {
    parts,
    context,
    staff,
    tokenHash: session.tokenHash,
    ...office,
    content,
    now: caller.now,
    form,
  };
  if (!mayActAs(staff.role, route.role)) return showRefusal(visit, 403, 'not-allowed');
  if (staff.passwordIsInitial && !route.beforeOwnPassword) return context.redirect('/admin/account', 303);
  if (form.isResumed && !route.comesBack)
    return showResume(caller, `/admin${context.req.path.replace(BASE, '')}`, form);
  return route.answer(visit);
}

async function readOffice(tx: Transaction, communityId: string) {
  const community = await findCommunity(tx, communityId);
  return community === null ? null : { community, hasGroupsByHand: await hasGroupsByHand(tx, communityId) };
}

async function turnAway(caller: Caller, { takesFile }: typeof NOWHERE): Promise<Response> {
  const { parts, context } = caller;
  dropSessionCookie(context, parts.publicUrl);
  if (context.req.method !== 'POST') return context.redirect(signInPath(context), 303);
  // A stranger's file is not even looked at; it could not be given back anyway.
  const mayHoldFile = takesFile && !isPlainForm(context);
  return showExpired(caller, mayHoldFile ? NO_FORM : await readPosted(context));
}

async function formOf(context: Context, { takesFile }: typeof NOWHERE, fileGate: Gate): Promise<PostedForm> {
  if (context.req.method !== 'POST') return NO_FORM;
  return takesFile ? fileGate.run(() => readPosted(context)) : readPosted(context);
}

function isPlainForm(context: Context): boolean {
  return context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
}

const BASE = /^\/admin(?=\/|$)/;

/** The same way as every form goes, with its checks; the parts of the site know their paths without `/admin`. */
function resendOn(site: Hono, parts: AdminParts, context: Context): Resend {
  return (path, fields, token) => {
    const body = new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value]));
    const headers = { cookie: sessionCookie(parts.publicUrl, token), 'sec-fetch-site': 'same-origin' };
    const url = new URL(path.replace(BASE, '') || '/', context.req.url);
    return site.fetch(new Request(url, { method: 'POST', headers, body }), context.env);
  };
}

function signInPath(context: Context): string {
  const { pathname, search } = new URL(context.req.url);
  return pathname === '/admin' ? '/admin/sign-in' : `/admin/sign-in?next=${encodeURIComponent(pathname + search)}`;
}

type AtDoor = (caller: Caller) => Response | Promise<Response>;

async function beforeSetup(parts: AdminParts, context: Context, answer: AtDoor): Promise<Response> {
  if (!(await parts.store.read(isSetupNeeded))) return context.redirect('/admin', 303);
  return answer(await callerOf(parts, context));
}

async function atTheDoor(parts: AdminParts, context: Context, answer: AtDoor): Promise<Response> {
  if (await parts.store.read(isSetupNeeded)) return context.redirect('/admin/setup', 303);
  return answer(await callerOf(parts, context));
}

async function callerOf(parts: AdminParts, context: Context): Promise<Caller> {
  return { parts, context, community: await firstCommunity(parts), now: parts.clock.now() };
}

/** The program makes one before it opens its doors. */
async function firstCommunity(parts: AdminParts): Promise<Community> {
  const [first] = await parts.store.read((tx) => listCommunities(tx));
  if (first === undefined) throw new Error('there is no community');
  return first;
}

function withHeaders(parts: AdminParts): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) {
      if (name !== 'Cache-Control' || !context.res.headers.has(name)) context.header(name, value);
    }
    if (parts.publicUrl.startsWith('https:')) context.header('Strict-Transport-Security', 'max-age=31536000');
  };
}

/** Whatever changes something comes from a page of ours, whichever its content type. */
function ownFormsOnly(parts: AdminParts): MiddlewareHandler {
  return async (context, next) => {
    const { method, raw } = context.req;
    if (method === 'GET' || method === 'HEAD' || isSameOrigin(raw, parts.publicUrl)) return next();
    return bare(parts, context, 'foreign', 403);
  };
}

function limit(parts: AdminParts, maxSize: number): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: (context) => bare(parts, context, 'too-large', 413) });
}

/** A large body is taken only from whoever is signed in; a stranger's ends at the size of a form. */
function largeFromStaff(parts: AdminParts): MiddlewareHandler {
  const fromStaff = limit(parts, FILE_BYTES);
  const fromStrangers = bodyLimit({
    maxSize: FORM_BYTES,
    onError: async (context) => showExpired(await callerOf(parts, context), NO_FORM),
  });
  return async (context, next) =>
    (await signedIn(parts, context)) === null ? fromStrangers(context, next) : fromStaff(context, next);
}

function apologise(parts: AdminParts, context: Context, error: Error): Promise<Response> {
  parts.log.error({ err: error, path: context.req.routePath }, 'a page could not be made');
  return bare(parts, context, 'broken', 500);
}

async function bare(
  parts: AdminParts,
  context: Context,
  why: 'foreign' | 'too-large' | 'broken',
  status: 403 | 413 | 500,
): Promise<Response> {
  const caller = await callerOf(parts, context);
  const words = wordsToCaller(caller, PAGE_TEXTS);
  const body = html`<p>${words(`page.${why}-help`)}</p><p><a class="button" href="/admin">${words('page.to-today')}</a></p>`;
  return context.html(layOutBare(caller.community.locale, { title: words(`page.${why}`), body }), status);
}

function stylesheet(context: Context): Response {
  const isCurrent = ADMIN_CSS_PATH.endsWith(`?v=${context.req.query('v')}`);
  return context.body(ADMIN_CSS, 200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}
