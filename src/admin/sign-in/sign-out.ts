/** Leaving: the session ends on the server, and the browser is told to forget what it saw. */
import { appendAudit } from '../../store/audit-table.ts';
import { deleteSession } from '../../store/staff-session-table.ts';
import { action } from '../admin-route.ts';
import type { Visit } from '../visit.ts';
import { dropSessionCookie } from './session-cookie.ts';

export const SIGN_OUT_ROUTES = [action('/sign-out', 'viewer', signOut, { beforeOwnPassword: true })] as const;

async function signOut({ parts, context, staff, tokenHash, community, now }: Visit): Promise<Response> {
  await parts.store.write(async (tx) => {
    await deleteSession(tx, staff.id, tokenHash);
    await appendAudit(tx, { communityId: community.id, staffId: staff.id, action: 'staff.sign-out', at: now });
  });
  dropSessionCookie(context, parts.publicUrl);
  context.header('Clear-Site-Data', '"cache"');
  return context.redirect('/admin/sign-in?out=yes', 303);
}
