/** The cookie that holds a session: out of reach of scripts and of other sites. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { SESSION_LASTS_MS } from './session-service.ts';

const TOKEN = /^[\w-]{43}$/;

export function sessionToken(context: Context, publicUrl: string): string | null {
  const token = getCookie(context, cookieName(publicUrl));
  return token !== undefined && TOKEN.test(token) ? token : null;
}

export function putSessionCookie(context: Context, publicUrl: string, token: string): void {
  setCookie(context, cookieName(publicUrl), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(publicUrl),
    maxAge: SESSION_LASTS_MS / 1_000,
  });
}

/** As a browser would send it. */
export function sessionCookie(publicUrl: string, token: string): string {
  return `${cookieName(publicUrl)}=${token}`;
}

export function dropSessionCookie(context: Context, publicUrl: string): void {
  deleteCookie(context, cookieName(publicUrl), { path: '/', secure: isSecure(publicUrl) });
}

/** `__Host-` keeps other hosts of the same domain from setting it; browsers take it over HTTPS only. */
function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-lvlin-staff' : 'lvlin-staff';
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
