/** Who is signed in where. */
import type { Staff, StaffSession } from '../model/staff.ts';
import { prepare } from './prepared.ts';
import type { StaffSessionRow } from './rows/office-rows.ts';
import { staffOf } from './staff-table.ts';
import type { Transaction } from './store.ts';

export async function insertSession(tx: Transaction, session: StaffSession): Promise<void> {
  await tx.db
    .insertInto('staff_session')
    .values({
      token_hash: session.tokenHash,
      staff_id: session.staffId,
      device: session.device,
      created_at: session.createdAt.getTime(),
      seen_at: session.seenAt.getTime(),
    })
    .execute();
}

export async function findSession(
  tx: Transaction,
  tokenHash: string,
): Promise<{ readonly session: StaffSession; readonly staff: Staff } | null> {
  const [row] = await tx.run(BY_TOKEN, { token: tokenHash });
  if (row === undefined) return null;
  const { signed_in_at, ...rest } = row;
  return { session: sessionOf({ ...rest, staff_id: row.id, created_at: signed_in_at }), staff: staffOf(row) };
}

// Every page asks for it.
const BY_TOKEN = prepare<{ token: string }>()((db, value) =>
  db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .selectAll('staff')
    .select(['token_hash', 'device', 'seen_at', 'staff_session.created_at as signed_in_at'])
    .where('token_hash', '=', value('token')),
);

/** The one seen last comes first. */
export async function listSessions(tx: Transaction, staffId: string): Promise<StaffSession[]> {
  const rows = await tx.db
    .selectFrom('staff_session')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map(sessionOf);
}

export async function touchSession(tx: Transaction, tokenHash: string, now: Date): Promise<void> {
  await tx.db
    .updateTable('staff_session')
    .set({ seen_at: now.getTime() })
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function deleteSession(tx: Transaction, staffId: string, tokenHash: string): Promise<void> {
  await tx.db.deleteFrom('staff_session').where('token_hash', '=', tokenHash).where('staff_id', '=', staffId).execute();
}

/** All of one person, but for the one they are using. */
export async function deleteSessionsOf(tx: Transaction, staffId: string, exceptTokenHash = ''): Promise<void> {
  await tx.db
    .deleteFrom('staff_session')
    .where('staff_id', '=', staffId)
    .where('token_hash', '!=', exceptTokenHash)
    .execute();
}

export async function deleteSessionsBefore(tx: Transaction, createdBefore: Date): Promise<void> {
  await tx.db.deleteFrom('staff_session').where('created_at', '<', createdBefore.getTime()).execute();
}

function sessionOf(row: StaffSessionRow): StaffSession {
  return {
    tokenHash: row.token_hash,
    staffId: row.staff_id,
    device: row.device,
    createdAt: new Date(row.created_at),
    seenAt: new Date(row.seen_at),
  };
}
