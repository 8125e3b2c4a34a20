/** Who comes to a shift, as the pages of the committee list them. */
import type { ChainLine } from '../model/chain.ts';
import type { SignUp } from '../model/sign-up.ts';
import { listEntriesOfRecords } from './chain-entry-table.ts';
import { privateChatOf } from './private-chat-table.ts';
import { type OwnSignUp, ownSignUpOf, SHIFT_COLUMNS, SIGN_UP_NAME, SIGN_UP_PHONE, signUpOf } from './sign-up-table.ts';
import type { Transaction } from './store.ts';

export interface Attendee {
  readonly signUp: SignUp;
  readonly name: string | null;
  readonly phone: string | null;
  /** The private chat in which the bot can tell them something. */
  readonly privateChatId: string | null;
  /** The line of a list by which they signed up. */
  readonly line: ChainLine | null;
}

/** Those who come, those a place is held for and those who wait, each in the order they asked. */
export async function listAttendees(tx: Transaction, communityId: string, shiftId: string): Promise<Attendee[]> {
  const rows = await tx.db
    .selectFrom('sign_up')
    .selectAll('sign_up')
    .select(privateChatOf(tx, 'sign_up.person_id').as('private_chat_id'))
    .where('shift_id', '=', shiftId)
    .where('community_id', '=', communityId)
    .where('sign_up.state', '<>', 'cancelled')
    .orderBy('queued_at')
    .orderBy('id')
    .execute();
  const sealer = await tx.sealer(communityId);
  const listed = rows.filter(({ source }) => source === 'chain').map(({ id }) => id);
  const entries = await listEntriesOfRecords(tx, communityId, listed);
  const lines = new Map(entries.map(({ record, line }) => [record?.id ?? '', line]));
  return rows.map((row) => ({
    signUp: signUpOf(row),
    name: row.name_sealed === null ? null : sealer.open(row.name_sealed, row.id, SIGN_UP_NAME),
    phone: row.phone_sealed === null ? null : sealer.open(row.phone_sealed, row.id, SIGN_UP_PHONE),
    privateChatId: row.private_chat_id,
    line: lines.get(row.id) ?? null,
  }));
}

/** Places held for people the bot cannot ask: a worker calls them. */
export async function listOffersToCall(tx: Transaction, communityId: string): Promise<OwnSignUp[]> {
  const rows = await tx.db
    .selectFrom('sign_up')
    .innerJoin('shift', 'shift.id', 'sign_up.shift_id')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('sign_up')
    .select(SHIFT_COLUMNS)
    .where('sign_up.community_id', '=', communityId)
    .where('sign_up.state', '=', 'offered')
    .where(({ not, exists }) => not(exists(privateChatOf(tx, 'sign_up.person_id'))))
    .orderBy('offered_until')
    .execute();
  return rows.map(ownSignUpOf);
}
