/** One-time codes: found by their hash alone, good once and for a while. */
import type { BindingCode } from '../model/binding.ts';
import { prepare } from './prepared.ts';
import type { BindingCodeRow } from './rows/binding-rows.ts';
import type { Transaction } from './store.ts';

export type NewBindingCode = Pick<BindingCode, 'communityId' | 'purpose' | 'expiresAt'> &
  Partial<Pick<BindingCode, 'areaId' | 'staffId' | 'personId' | 'chatId'>> & {
    readonly hash: string;
    readonly now: Date;
  };

/** `null` where this very code is on its way already. */
export async function insertBindingCode(tx: Transaction, code: NewBindingCode): Promise<BindingCode | null> {
  const row = await tx.db
    .insertInto('binding_code')
    .values({
      id: tx.newId(),
      community_id: code.communityId,
      code_hash: code.hash,
      purpose: code.purpose,
      area_id: code.areaId ?? null,
      staff_id: code.staffId ?? null,
      person_id: code.personId ?? null,
      chat_id: code.chatId ?? null,
      created_at: code.now.getTime(),
      expires_at: code.expiresAt.getTime(),
      used_at: null,
    })
    .onConflict((conflict) => conflict.column('code_hash').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : codeOf(row);
}

/** Used and expired ones too, so that whoever sends one can be told. */
export async function findBindingCode(tx: Transaction, hash: string): Promise<BindingCode | null> {
  const [row] = await tx.run(BY_HASH, { hash });
  return row === undefined ? null : codeOf(row);
}

const BY_HASH = prepare<{ hash: string }>()((db, value) =>
  db.selectFrom('binding_code').selectAll().where('code_hash', '=', value('hash')),
);

export async function findCodeById(tx: Transaction, id: string): Promise<BindingCode | null> {
  const row = await tx.db.selectFrom('binding_code').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : codeOf(row);
}

/** False where it was used before, or its time is over: of two at the same moment one has it. */
export async function takeBindingCode(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const row = await tx.db
    .updateTable('binding_code')
    .set({ used_at: now.getTime() })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.getTime())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Who asks for a new one has lost the one before. */
export async function dropUnusedCodes(
  tx: Transaction,
  of: { readonly staffId: string } | { readonly personId: string },
): Promise<void> {
  const unused = tx.db.deleteFrom('binding_code').where('used_at', 'is', null);
  await ('staffId' in of
    ? unused.where('purpose', '=', 'staff').where('staff_id', '=', of.staffId)
    : unused.where('person_id', '=', of.personId)
  ).execute();
}

export async function deleteCodesOfPerson(tx: Transaction, personId: string): Promise<void> {
  await tx.db.deleteFrom('binding_code').where('person_id', '=', personId).execute();
}

/** Long enough after their end that nobody sends one any more. */
export async function deleteCodesBefore(tx: Transaction, before: Date): Promise<void> {
  await tx.db.deleteFrom('binding_code').where('expires_at', '<', before.getTime()).execute();
}

function codeOf(row: BindingCodeRow): BindingCode {
  return {
    id: row.id,
    communityId: row.community_id,
    purpose: row.purpose,
    areaId: row.area_id,
    staffId: row.staff_id,
    personId: row.person_id,
    chatId: row.chat_id,
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
  };
}
