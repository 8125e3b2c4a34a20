/** A line on the next page about what was just done, with a way back where there is one. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';

const Undo = z.object({ path: z.string().startsWith('/admin/'), fields: z.record(z.string(), z.string()) });

/** `key` is a text of a page. Never personal data: it travels in a cookie. */
const FlashCookie = z.object({
  key: z.string(),
  variables: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  undo: Undo.optional(),
  isTrouble: z.boolean().default(false),
});
export type Flash = z.input<typeof FlashCookie>;
export type ShownFlash = z.output<typeof FlashCookie>;

const COOKIE = 'lvlin-done';
// Long enough for a slow line, short enough not to turn up on another day.
const KEPT_FOR_S = 60;

export function leaveFlash(context: Context, publicUrl: string, flash: Flash): void {
  setCookie(context, COOKIE, Buffer.from(JSON.stringify(flash)).toString('base64url'), {
    path: '/admin',
    httpOnly: true,
    sameSite: 'Lax',
    secure: publicUrl.startsWith('https:'),
    maxAge: KEPT_FOR_S,
  });
}

export function takeFlash(context: Context): ShownFlash | null {
  const cookie = getCookie(context, COOKIE);
  if (cookie === undefined) return null;
  deleteCookie(context, COOKIE, { path: '/admin' });
  try {
    return FlashCookie.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  } catch {
    return null;
  }
}
