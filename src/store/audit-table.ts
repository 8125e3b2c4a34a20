/** What members of staff did and whose personal data they saw in full: a list that only grows, each row sealed to the one before. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { maskSensitive } from '../lib/phone.ts';
import type { AuditRow } from './rows/office-rows.ts';
import type { Transaction } from './store.ts';

export interface AuditEntry {
  readonly communityId: string;
  /** `null`: done on the command line or by the program itself. */
  readonly staffId: string | null;
  /** What was done, e.g. `notice.release`. */
  readonly action: string;
  readonly subjectId?: string;
  /** Never personal data. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
  /** Why, as typed: it may name people, so it is kept sealed, and without the numbers in it. */
  readonly reason?: string;
  readonly at: Date;
}

export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await oneAtATime(tx, entry.communityId);
  const last = await lastEntry(tx, entry.communityId);
  const detail = JSON.stringify(entry.detail ?? {});
  const id = idAfter(last.id, tx.newId());
  const reason = entry.reason === undefined ? null : await sealedReason(tx, entry.communityId, id, entry.reason);
  await tx.db
    .insertInto('audit')
    .values({
      id,
      community_id: entry.communityId,
      staff_id: entry.staffId,
      action: entry.action,
      subject_id: entry.subjectId ?? null,
      detail,
      reason_sealed: reason,
      at: entry.at.getTime(),
      chain: chained(last.chain, id, entry, detail, reason),
    })
    .execute();
}

async function sealedReason(tx: Transaction, communityId: string, id: string, reason: string): Promise<string> {
  return (await tx.sealer(communityId)).seal(maskSensitive(reason), id, REASON);
}

export interface AuditRecord extends AuditEntry {
  readonly id: string;
}

/** Newest first. `before` is the id of the last one already shown. */
export async function listAudit(
  tx: Transaction,
  communityId: string,
  page: { readonly before?: string; readonly limit: number },
): Promise<AuditRecord[]> {
  let query = tx.db.selectFrom('audit').selectAll().where('community_id', '=', communityId);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return Promise.all(rows.map((row) => recordOf(tx, row)));
}

/** The id of the first row that does not follow from the one before it, or `null` when the whole list is as it was written. */
export async function firstBrokenAudit(tx: Transaction, communityId: string): Promise<string | null> {
  let chain = '';
  let after = '';
  for (;;) {
    const rows = await tx.db
      .selectFrom('audit')
      .selectAll()
      .where('community_id', '=', communityId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(500)
      .execute();
    for (const row of rows) {
      if (row.chain !== chained(chain, row.id, entryOf(row), row.detail, row.reason_sealed)) return row.id;
      chain = row.chain;
      after = row.id;
    }
    if (rows.length === 0) return null;
  }
}

/** Several processes may write to one list, and each row must know the one before it. */
async function oneAtATime(tx: Transaction, communityId: string): Promise<void> {
  if (tx.dialect === 'sqlite') return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${communityId}, 0))`.execute(tx.db);
}

async function lastEntry(tx: Transaction, communityId: string): Promise<{ id: string; chain: string }> {
  const query = tx.db.selectFrom('audit').select(['id', 'chain']).where('community_id', '=', communityId);
  const last = await query.orderBy('id', 'desc').limit(1).executeTakeFirst();
  return last ?? { id: '', chain: '' };
}

/** The list is in the order of its ids, also where another process's clock is ahead of ours. */
function idAfter(last: string, fresh: string): string {
  return fresh > last ? fresh : `${last}0`;
}

/** The reason enters the chain as it is kept, so that the list can be checked without opening it. */
function chained(previous: string, id: string, entry: AuditEntry, detail: string, reasonSealed: string | null): string {
  const { staffId, action, subjectId = null, at } = entry;
  const parts = [previous, id, staffId, action, subjectId, detail, reasonSealed, at.getTime()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

async function recordOf(tx: Transaction, row: AuditRow): Promise<AuditRecord> {
  const entry = entryOf(row);
  if (row.reason_sealed === null) return entry;
  const sealer = await tx.sealer(row.community_id);
  return { ...entry, reason: sealer.open(row.reason_sealed, row.id, REASON) };
}

function entryOf(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    communityId: row.community_id,
    staffId: row.staff_id,
    action: row.action,
    ...(row.subject_id === null ? {} : { subjectId: row.subject_id }),
    detail: JSON.parse(row.detail),
    at: new Date(row.at),
  };
}

const REASON = 'audit.reason';
