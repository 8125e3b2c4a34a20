/** What members of staff did and whose personal data they saw in full: a list that only grows, each row sealed to the one before. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
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
  readonly at: Date;
}

export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await oneAtATime(tx, entry.communityId);
  const last = await lastEntry(tx, entry.communityId);
  const detail = JSON.stringify(entry.detail ?? {});
  const id = idAfter(last.id, tx.newId());
  await tx.db
    .insertInto('audit')
    .values({
      id,
      community_id: entry.communityId,
      staff_id: entry.staffId,
      action: entry.action,
      subject_id: entry.subjectId ?? null,
      detail,
      at: entry.at.getTime(),
      chain: chained(last.chain, id, entry, detail),
    })
    .execute();
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
  return rows.map(recordOf);
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
      if (row.chain !== chained(chain, row.id, recordOf(row), row.detail)) return row.id;
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

function chained(previous: string, id: string, entry: AuditEntry, detail: string): string {
  const parts = [previous, id, entry.staffId, entry.action, entry.subjectId ?? null, detail, entry.at.getTime()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function recordOf(row: {
  id: string;
  community_id: string;
  staff_id: string | null;
  action: string;
  subject_id: string | null;
  detail: string;
  at: number;
}): AuditRecord {
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
