/** Remembers a visitor by a cookie that says nothing about them; records hold only its hash. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

// Browsers forget cookies after 400 days whatever is asked (RFC 6265bis §5.5); every visit begins them anew.
const REMEMBERED_FOR_S = 400 * 24 * 60 * 60;
const TOKEN = /^[\w-]{43}$/;

/** The address of whoever sends this request, where they have been here before. */
export function knownVisitor(c: Context, publicUrl: string): string | null {
  const token = getCookie(c, cookieName(publicUrl));
  return token !== undefined && TOKEN.test(token) ? addressOf(token) : null;
}

/** Makes or renews the cookie. */
export function rememberVisitor(c: Context, publicUrl: string): string {
  const name = cookieName(publicUrl);
  const known = getCookie(c, name);
  const token = known !== undefined && TOKEN.test(known) ? known : randomBytes(32).toString('base64url');
  setCookie(c, name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(publicUrl),
    maxAge: REMEMBERED_FOR_S,
  });
  return addressOf(token);
}

function addressOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** `__Host-` keeps other hosts of the same domain from setting it; browsers take it over HTTPS only. */
function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-lvlin' : 'lvlin';
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
