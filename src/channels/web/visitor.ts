/** Remembers a visitor by a cookie that says nothing about them and that only we can make; records hold only its hash. */
import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

export interface VisitorParts {
  readonly publicUrl: string;
  /** Signs the cookies: one that a program made up for itself is nobody's. */
  readonly visitorKey: KeyObject;
}

// Browsers forget cookies after 400 days whatever is asked (RFC 6265bis §5.5); every visit begins them anew.
export const REMEMBERED_FOR_S = 400 * 24 * 60 * 60;
const COOKIE = /^(?<token>[\w-]{43})\.(?<signature>[\w-]{43})$/;

/** The address of whoever sends this request, where they have been here before. */
export function knownVisitor(c: Context, parts: VisitorParts): string | null {
  const token = knownToken(c, parts);
  return token === null ? null : addressOf(token);
}

/** Makes or renews the cookie. */
export function rememberVisitor(c: Context, parts: VisitorParts): string {
  const token = knownToken(c, parts) ?? randomBytes(32).toString('base64url');
  setCookie(c, cookieName(parts), `${token}.${signatureOf(token, parts).toString('base64url')}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(parts),
    maxAge: REMEMBERED_FOR_S,
  });
  return addressOf(token);
}

function knownToken(c: Context, parts: VisitorParts): string | null {
  const { token, signature } = COOKIE.exec(getCookie(c, cookieName(parts)) ?? '')?.groups ?? {};
  if (token === undefined || signature === undefined) return null;
  return timingSafeEqual(Buffer.from(signature, 'base64url'), signatureOf(token, parts)) ? token : null;
}

function signatureOf(token: string, { visitorKey }: VisitorParts): Buffer {
  return createHmac('sha256', visitorKey).update(token).digest();
}

function addressOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** `__Host-` keeps other hosts of the same domain from setting it; browsers take it over HTTPS only. */
function cookieName(parts: VisitorParts): string {
  return isSecure(parts) ? '__Host-lvlin' : 'lvlin';
}

export function isSecure({ publicUrl }: Pick<VisitorParts, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https:');
}
