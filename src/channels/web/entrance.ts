/** The door somebody came in by: a code printed for a building fills in its number from then on. */
import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ResidentsEnv } from './resident-visit.ts';
import { isSecure, REMEMBERED_FOR_S, rememberVisitor } from './visitor.ts';
import type { WebDesk } from './web-desk.ts';
import type { KnownArea } from './web-parts.ts';

const COOKIE = 'lvlin-door';

/** A code of a building that is no more leads to the page all the same: it hangs on a wall. */
export function addEntrance(routes: Hono<ResidentsEnv>, desk: WebDesk): void {
  routes.get('/:community/e/:code', async (c) => {
    const { community } = c.var;
    const code = c.req.param('code').toLowerCase();
    const area = await desk.areaOfEntrance(community.id, code);
    rememberVisitor(c, desk);
    if (area !== null) {
      setCookie(c, COOKIE, code, {
        path: `/c/${community.id}`,
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure(desk),
        maxAge: REMEMBERED_FOR_S,
      });
    }
    return c.redirect(`/c/${community.id}`, 303);
  });
}

/** Where this visitor came in; `null` where by no building's door. */
export async function entranceOf(desk: WebDesk, c: Context<ResidentsEnv>): Promise<KnownArea | null> {
  const code = getCookie(c, COOKIE);
  return code === undefined ? null : desk.areaOfEntrance(c.var.community.id, code);
}
