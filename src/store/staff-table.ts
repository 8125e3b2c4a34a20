/** The accounts of the committee, and the one-time code that makes the first of them. */
import type { Role } from '../model/records.ts';
import type { Staff } from '../model/staff.ts';
import type { StaffRow } from './rows/office-rows.ts';
import type { Transaction } from './store.ts';

export interface NewStaff extends Pick<Staff, 'communityId' | 'login' | 'displayName' | 'role' | 'passwordIsInitial'> {
  readonly passwordHash: string;
  readonly now: Date;
}

/** `null` where somebody has this login already. */
export async function insertStaff(tx: Transaction, staff: NewStaff): Promise<Staff | null> {
  const row = await tx.db
    .insertInto('staff')
    .values({
      id: tx.newId(),
      community_id: staff.communityId,
      login: loginKey(staff.login),
      display_name: staff.displayName,
      password_hash: staff.passwordHash,
      password_is_initial: staff.passwordIsInitial ? 1 : 0,
      role: staff.role,
      disabled_at: null,
      created_at: staff.now.getTime(),
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : staffOf(row);
}

/** The same however it is typed: width, case, spaces around. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** With the hash, which goes nowhere else. */
export async function findLogin(
  tx: Transaction,
  login: string,
): Promise<{ readonly staff: Staff; readonly passwordHash: string } | null> {
  const row = await tx.db.selectFrom('staff').selectAll().where('login', '=', loginKey(login)).executeTakeFirst();
  return row === undefined ? null : { staff: staffOf(row), passwordHash: row.password_hash };
}

export async function findStaff(tx: Transaction, communityId: string, id: string): Promise<Staff | null> {
  const row = await tx.db
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : staffOf(row);
}

/** In the order they came. */
export async function listStaff(tx: Transaction, communityId: string): Promise<Staff[]> {
  const rows = await tx.db
    .selectFrom('staff')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(staffOf);
}

export async function isAnyStaff(tx: Transaction): Promise<boolean> {
  return (await tx.db.selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function updateStaff(
  tx: Transaction,
  staff: Pick<Staff, 'id' | 'communityId' | 'role' | 'disabledAt'>,
): Promise<void> {
  await tx.db
    .updateTable('staff')
    .set({ role: staff.role, disabled_at: staff.disabledAt?.getTime() ?? null })
    .where('id', '=', staff.id)
    .where('community_id', '=', staff.communityId)
    .execute();
}

/** Admins who can sign in, locked until the transaction ends: two who step down at once must not leave none. */
export async function lockActiveAdmins(tx: Transaction, communityId: string): Promise<string[]> {
  const admin: Role = 'admin';
  const query = tx.db
    .selectFrom('staff')
    .select('id')
    .where('community_id', '=', communityId)
    .where('role', '=', admin)
    .where('disabled_at', 'is', null)
    .orderBy('id');
  // SQLite has one writer at a time and no such clause.
  const rows = await (tx.dialect === 'postgres' ? query.forUpdate() : query).execute();
  return rows.map((row) => row.id);
}

export async function setPassword(
  tx: Transaction,
  staff: Pick<Staff, 'id' | 'communityId'>,
  password: { readonly hash: string; readonly isInitial: boolean },
): Promise<void> {
  await tx.db
    .updateTable('staff')
    .set({ password_hash: password.hash, password_is_initial: password.isInitial ? 1 : 0 })
    .where('id', '=', staff.id)
    .where('community_id', '=', staff.communityId)
    .execute();
}

/** When the real community takes the place of the sample one, who works there stays. */
export async function moveStaff(tx: Transaction, from: string, to: string): Promise<void> {
  await tx.db.updateTable('staff').set({ community_id: to }).where('community_id', '=', from).execute();
}

const SETUP_CODE = 'setup-code';

/** Replaces the code of an earlier start. */
export async function putSetupCode(tx: Transaction, hash: string): Promise<void> {
  await tx.db
    .insertInto('meta')
    .values({ key: SETUP_CODE, value: hash })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: hash }))
    .execute();
}

export async function readSetupCode(tx: Transaction): Promise<string | null> {
  const row = await tx.db.selectFrom('meta').select('value').where('key', '=', SETUP_CODE).executeTakeFirst();
  return row?.value ?? null;
}

/** True for the one who uses it: of two at the same moment one makes the account. */
export async function takeSetupCode(tx: Transaction, hash: string): Promise<boolean> {
  const row = await tx.db
    .deleteFrom('meta')
    .where('key', '=', SETUP_CODE)
    .where('value', '=', hash)
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}

export function staffOf(row: StaffRow): Staff {
  return {
    id: row.id,
    communityId: row.community_id,
    login: row.login,
    displayName: row.display_name,
    role: row.role,
    passwordIsInitial: row.password_is_initial === 1,
    disabledAt: row.disabled_at === null ? null : new Date(row.disabled_at),
  };
}
