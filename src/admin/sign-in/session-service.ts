/** Sessions of the staff: begun by a password, ended by time, by hand, or with the account. */
import type { Passwords } from '../../lib/password.ts';
import type { Staff, StaffSession } from '../../model/staff.ts';
import { deleteAttemptsBefore, forgetAttemptAt, forgetAttempts, takeAttempt } from '../../store/attempt-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteSessionsBefore, findSession, insertSession, touchSession } from '../../store/staff-session-table.ts';
import { findLogin, loginKey } from '../../store/staff-table.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { ATTEMPTS_LIVE_MS, signInLimits } from './attempt-limits.ts';
import { newToken, secretHash } from './secret.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
// A worker signs in in the morning and leaves the page open beside the counter all day. Thirty idle minutes would throw
// them out a dozen times and teach them to pick a short password; a working day is the longest pause that is one.
const IDLE_MS = 8 * HOUR_MS;
/** Nothing lasts overnight. */
export const SESSION_LASTS_MS = 12 * HOUR_MS;
// So that looking at pages does not write to the disk each time.
const TOUCH_AFTER_MS = 5 * MINUTE_MS;

export interface SignInTry {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly device: string;
}

export type SignInResult =
  | { readonly ok: true; readonly token: string; readonly staff: Staff }
  | { readonly ok: false; readonly why: 'wrong' | 'too-often' };

export async function signIn(
  { store, passwords }: { readonly store: Store; readonly passwords: Passwords },
  attempt: SignInTry,
  now: Date,
): Promise<SignInResult> {
  const limits = signInLimits(loginKey(attempt.login), attempt.address);
  const all = [...limits.ofAccount, limits.ofPlace];
  if (!(await store.write((tx) => takeAttempt(tx, all, now)))) return { ok: false, why: 'too-often' };
  const known = await store.read((tx) => findLogin(tx, attempt.login));
  const isRight = await passwords.verify(attempt.password, known?.passwordHash);
  if (known === null || !isRight || known.staff.disabledAt !== null) return { ok: false, why: 'wrong' };
  const token = await store.write(async (tx) => {
    await forgetAttempts(
      tx,
      limits.ofAccount.map(({ key }) => key),
    );
    await forgetAttemptAt(tx, limits.ofPlace.key, now);
    await clearAway(tx, now);
    return beginSession(tx, known.staff, attempt.device, now);
  });
  return { ok: true, token, staff: known.staff };
}

/** Somebody signs in every day, so what is over goes with it. */
async function clearAway(tx: Transaction, now: Date): Promise<void> {
  await deleteAttemptsBefore(tx, new Date(now.getTime() - ATTEMPTS_LIVE_MS));
  await deleteSessionsBefore(tx, new Date(now.getTime() - SESSION_LASTS_MS));
}

/** Always a new token: one that was there before signing in is worth nothing after it. */
export async function beginSession(tx: Transaction, staff: Staff, device: string, now: Date): Promise<string> {
  const token = newToken();
  await insertSession(tx, { tokenHash: secretHash(token), staffId: staff.id, device, createdAt: now, seenAt: now });
  const { communityId, id: staffId } = staff;
  await appendAudit(tx, { communityId, staffId, action: 'staff.sign-in', detail: { device }, at: now });
  return token;
}

export interface SignedIn {
  readonly staff: Staff;
  readonly session: StaffSession;
}

export async function readSession(store: Store, token: string, now: Date): Promise<SignedIn | null> {
  const found = await store.read((tx) => findSession(tx, secretHash(token)));
  if (found === null || found.staff.disabledAt !== null || !isAlive(found.session, now)) return null;
  const { tokenHash, seenAt } = found.session;
  if (now.getTime() - seenAt.getTime() > TOUCH_AFTER_MS) await store.write((tx) => touchSession(tx, tokenHash, now));
  return found;
}

export function isAlive(session: Pick<StaffSession, 'createdAt' | 'seenAt'>, now: Date): boolean {
  const age = now.getTime() - session.createdAt.getTime();
  return age < SESSION_LASTS_MS && now.getTime() - session.seenAt.getTime() < IDLE_MS;
}

// The first that fits: every browser also claims to be the ones before it.
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['WeCom', /wxwork/i],
  ['WeChat', /MicroMessenger/i],
  ['Edge', /Edg/],
  ['360', /QIHU|360SE/],
  ['QQ', /QQBrowser/],
  ['Firefox', /Firefox/],
  ['Chrome', /Chrome/],
  ['Safari', /Safari/],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iPhone', /iPhone|iPad/],
  ['Mac', /Mac OS/],
  ['Linux', /Linux/],
];

/** `Edge, Windows`: enough to know one's own again, too little to know a person by. */
export function deviceOf(userAgent: string): string {
  const named = (list: typeof BROWSERS) => list.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined).join(', ');
}
