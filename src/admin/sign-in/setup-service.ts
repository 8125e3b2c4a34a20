/** The first account of a fresh bot: made with a code that only whoever started it has seen. */
import type { Passwords } from '../../lib/password.ts';
import type { Community } from '../../model/community.ts';
import type { Staff } from '../../model/staff.ts';
import { takeAttempt } from '../../store/attempt-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { insertStaff, isAnyStaff, putSetupCode, readSetupCode, takeSetupCode } from '../../store/staff-table.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { setupLimit } from './attempt-limits.ts';
import { codeAsMeant, isSameHash, newCode, secretHash } from './secret.ts';

/** At start: the code to print, or `null` where somebody has an account already. The code of an earlier start is void. */
export async function openSetup(store: Store): Promise<string | null> {
  const code = newCode(2);
  return store.write(async (tx) => {
    if (await isAnyStaff(tx)) return null;
    await putSetupCode(tx, secretHash(codeAsMeant(code)));
    return code;
  });
}

export async function isSetupNeeded(tx: Transaction): Promise<boolean> {
  return !(await isAnyStaff(tx));
}

export interface FirstAccount {
  readonly code: string;
  readonly displayName: string;
  readonly login: string;
  readonly password: string;
}

export type SetupResult =
  | { readonly ok: true; readonly staff: Staff }
  | { readonly ok: false; readonly why: 'wrong-code' | 'code-void' | 'done-before' };

export async function makeFirstAccount(
  { store, passwords }: { readonly store: Store; readonly passwords: Passwords },
  community: Community,
  account: FirstAccount,
  now: Date,
): Promise<SetupResult> {
  const codeHash = await store.write((tx) => takeTry(tx, now));
  if (codeHash === null) return { ok: false, why: 'code-void' };
  if (!isSameHash(secretHash(codeAsMeant(account.code)), codeHash)) return { ok: false, why: 'wrong-code' };
  const passwordHash = await passwords.hash(account.password);
  return store.write(async (tx) => {
    if (!(await takeSetupCode(tx, codeHash))) return { ok: false, why: 'done-before' };
    const { displayName, login } = account;
    const made = { communityId: community.id, displayName, login, role: 'admin', passwordIsInitial: false } as const;
    const staff = await insertStaff(tx, { ...made, passwordHash, now });
    if (staff === null) return { ok: false, why: 'done-before' };
    const entry = { communityId: community.id, staffId: staff.id, subjectId: staff.id, at: now };
    await appendAudit(tx, { ...entry, action: 'staff.setup' });
    return { ok: true, staff };
  });
}

/** The hash to compare with, or `null` where there is none or its tries are used up. */
async function takeTry(tx: Transaction, now: Date): Promise<string | null> {
  const codeHash = await readSetupCode(tx);
  if (codeHash === null) return null;
  return (await takeAttempt(tx, [setupLimit(codeHash)], now)) ? codeHash : null;
}
