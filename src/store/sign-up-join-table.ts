/** Sign-ups change hands when two records of the same human become one. The caller holds the shift and keeps its counts. */
import type { SignUp, SignUpContact } from '../model/sign-up.ts';
import { SIGN_UP_NAME, SIGN_UP_PHONE, signUpOf } from './sign-up-table.ts';
import type { Transaction } from './store.ts';

/** Whatever became of them; in the order of their shifts, so that two who do this hold shifts in the same order. */
export async function listSignUpsOfPerson(tx: Transaction, personId: string): Promise<SignUp[]> {
  const rows = await tx.db
    .selectFrom('sign_up')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('shift_id')
    .execute();
  return rows.map(signUpOf);
}

export async function giveSignUp(tx: Transaction, id: string, personId: string): Promise<void> {
  await tx.db.updateTable('sign_up').set({ person_id: personId }).where('id', '=', id).execute();
}

export async function deleteSignUp(tx: Transaction, id: string): Promise<void> {
  await tx.db.deleteFrom('sign_up').where('id', '=', id).execute();
}

export async function readSignUpContact(tx: Transaction, { id, communityId }: SignUp): Promise<SignUpContact> {
  const row = await tx.db
    .selectFrom('sign_up')
    .select(['name_sealed', 'phone_sealed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const sealer = await tx.sealer(communityId);
  return {
    name: row.name_sealed === null ? null : sealer.open(row.name_sealed, id, SIGN_UP_NAME),
    phone: row.phone_sealed === null ? null : sealer.open(row.phone_sealed, id, SIGN_UP_PHONE),
  };
}
