/** Colleagues: added, given another role, stopped, given a new password. There is always one admin left. */
import type { Role } from '../../model/records.ts';
import type { Staff } from '../../model/staff.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteSessionsOf } from '../../store/staff-session-table.ts';
import { findStaff, insertStaff, lockActiveAdmins, setPassword, updateStaff } from '../../store/staff-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Act } from '../admin-parts.ts';

export interface NewColleague {
  readonly displayName: string;
  readonly login: string;
  readonly role: Role;
  readonly passwordHash: string;
}

/** `null` where somebody has this login. */
export async function addColleague(tx: Transaction, colleague: NewColleague, act: Act): Promise<Staff | null> {
  const { communityId, now } = act;
  const staff = await insertStaff(tx, { ...colleague, communityId, passwordIsInitial: true, now });
  if (staff !== null) await audit(tx, act, 'staff.add', staff.id, { role: staff.role });
  return staff;
}

export type StaffChange = { readonly role: Role } | { readonly isDisabled: boolean };

export type ChangeResult =
  | { readonly ok: true; readonly staff: Staff }
  | { readonly ok: false; readonly why: 'unknown' | 'last-admin' | 'yourself' };

export async function changeColleague(
  tx: Transaction,
  id: string,
  change: StaffChange,
  act: Act,
): Promise<ChangeResult> {
  const admins = await lockActiveAdmins(tx, act.communityId);
  const staff = await findStaff(tx, act.communityId, id);
  if (staff === null) return { ok: false, why: 'unknown' };
  if ('isDisabled' in change && id === act.staffId) return { ok: false, why: 'yourself' };
  const changed =
    'role' in change ? { ...staff, role: change.role } : { ...staff, disabledAt: change.isDisabled ? act.now : null };
  const staysAdmin = changed.role === 'admin' && changed.disabledAt === null;
  if (!staysAdmin && admins.every((admin) => admin === id)) return { ok: false, why: 'last-admin' };
  await updateStaff(tx, changed);
  if (changed.disabledAt !== null) await deleteSessionsOf(tx, id);
  const action = 'role' in change ? 'staff.role' : change.isDisabled ? 'staff.disable' : 'staff.enable';
  await audit(tx, act, action, id, { role: changed.role });
  return { ok: true, staff: changed };
}

/** Whoever was signed in with the old one is out. */
export async function resetPassword(
  tx: Transaction,
  id: string,
  passwordHash: string,
  act: Act,
): Promise<Staff | null> {
  const staff = await findStaff(tx, act.communityId, id);
  if (staff === null) return null;
  await setPassword(tx, staff, { hash: passwordHash, isInitial: true });
  await deleteSessionsOf(tx, id);
  await audit(tx, act, 'staff.reset', id, {});
  return staff;
}

/** One's own, chosen by oneself: every other session of it ends. */
export async function changeOwnPassword(
  tx: Transaction,
  staff: Staff,
  { passwordHash, tokenHash, now }: { readonly passwordHash: string; readonly tokenHash: string; readonly now: Date },
): Promise<void> {
  await setPassword(tx, staff, { hash: passwordHash, isInitial: false });
  await deleteSessionsOf(tx, staff.id, tokenHash);
  const { communityId, id: staffId } = staff;
  await appendAudit(tx, { communityId, staffId, action: 'staff.password', subjectId: staffId, at: now });
}

async function audit(
  tx: Transaction,
  { communityId, staffId, now }: Act,
  action: string,
  subjectId: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await appendAudit(tx, { communityId, staffId, action, subjectId, detail, at: now });
}
