/** Sign-ups for shifts: who comes, who waits, whom a place is held for. The counts are kept by the caller, who holds the shift. */
import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Shift } from '../model/activity.ts';
import type { SignUpState } from '../model/records.ts';
import type { SignUp, SignUpContact, SignUpSource } from '../model/sign-up.ts';
import { type ShiftView, shiftOf } from './activity-table.ts';
import { prepare } from './prepared.ts';
import type { SignUpRow } from './rows/activity-rows.ts';
import type { Transaction } from './store.ts';

export const SIGN_UP_NAME = 'sign_up.name';
export const SIGN_UP_PHONE = 'sign_up.phone';

/** `null` where this person has one for this shift already. */
export async function insertSignUp(
  tx: Transaction,
  signUp: Omit<SignUp, 'id'>,
  contact: SignUpContact,
): Promise<SignUp | null> {
  const id = tx.newId();
  const sealer = await tx.sealer(signUp.communityId);
  const rows = await tx.run(INSERT, {
    id,
    shift: signUp.shiftId,
    community: signUp.communityId,
    person: signUp.personId,
    chat: signUp.chatId,
    name: contact.name === null ? null : sealer.seal(contact.name, id, SIGN_UP_NAME),
    phone: contact.phone === null ? null : sealer.seal(contact.phone, id, SIGN_UP_PHONE),
    party: signUp.party,
    state: signUp.state,
    queued: signUp.queuedAt.getTime(),
    until: signUp.offeredUntil?.getTime() ?? null,
    source: signUp.source,
    created: signUp.createdAt.getTime(),
  });
  return rows.length === 0 ? null : { ...signUp, id };
}

interface InsertSignUp extends Record<string, string | number | null> {
  id: string;
  shift: string;
  community: string;
  person: string | null;
  chat: string | null;
  name: string | null;
  phone: string | null;
  party: number;
  state: SignUpState;
  queued: number;
  until: number | null;
  source: SignUpSource;
  created: number;
}

const INSERT = prepare<InsertSignUp>()((db, value) =>
  db
    .insertInto('sign_up')
    .values({
      id: value('id'),
      shift_id: value('shift'),
      community_id: value('community'),
      person_id: value('person'),
      chat_id: value('chat'),
      name_sealed: value('name'),
      phone_sealed: value('phone'),
      party: value('party'),
      state: value('state'),
      queued_at: value('queued'),
      offered_until: value('until'),
      source: value('source'),
      created_at: value('created'),
    })
    .onConflict((conflict) => conflict.columns(['shift_id', 'person_id']).doNothing())
    .returning('id'),
);

/** Everything but whose it is and for what; name and phone are set on their own. */
export async function updateSignUp(tx: Transaction, signUp: SignUp): Promise<void> {
  await tx.run(UPDATE, {
    id: signUp.id,
    chat: signUp.chatId,
    party: signUp.party,
    state: signUp.state,
    queued: signUp.queuedAt.getTime(),
    until: signUp.offeredUntil?.getTime() ?? null,
    source: signUp.source,
    created: signUp.createdAt.getTime(),
  });
}

type UpdateSignUp = Pick<InsertSignUp, 'id' | 'chat' | 'party' | 'state' | 'queued' | 'until' | 'source' | 'created'>;

const UPDATE = prepare<UpdateSignUp>()((db, value) =>
  db
    .updateTable('sign_up')
    .set({
      chat_id: value('chat'),
      party: value('party'),
      state: value('state'),
      queued_at: value('queued'),
      offered_until: value('until'),
      source: value('source'),
      created_at: value('created'),
    })
    .where('id', '=', value('id')),
);

/** What is `null` stays as it is. */
export async function setContact(tx: Transaction, signUp: SignUp, contact: SignUpContact): Promise<void> {
  const { name, phone } = contact;
  if (name === null && phone === null) return;
  const sealer = await tx.sealer(signUp.communityId);
  await tx.db
    .updateTable('sign_up')
    .set({
      ...(name === null ? {} : { name_sealed: sealer.seal(name, signUp.id, SIGN_UP_NAME) }),
      ...(phone === null ? {} : { phone_sealed: sealer.seal(phone, signUp.id, SIGN_UP_PHONE) }),
    })
    .where('id', '=', signUp.id)
    .execute();
}

/** The sign-up stays as a number; whose it was is gone. */
export async function forgetPersonOf(tx: Transaction, signUpIds: readonly string[]): Promise<void> {
  if (signUpIds.length === 0) return;
  await tx.db
    .updateTable('sign_up')
    .set({ person_id: null, chat_id: null, name_sealed: null, phone_sealed: null })
    .where('id', 'in', signUpIds)
    .execute();
}

/** Names and phones given for shifts that ended before; who came stays as a number. True while there are more. */
export async function forgetContacts(tx: Transaction, before: Date): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('shift')
    .innerJoin('sign_up', 'sign_up.shift_id', 'shift.id')
    .select('sign_up.id')
    .where('shift.ends_at', '<', before.getTime())
    // Word for word the condition of the index.
    .where(sql<SqlBool>`(name_sealed is not null or phone_sealed is not null)`)
    .limit(FORGET_PAGE)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return false;
  const none = { name_sealed: null, phone_sealed: null };
  await tx.db.updateTable('sign_up').set(none).where('id', 'in', ids).execute();
  return ids.length === FORGET_PAGE;
}

const FORGET_PAGE = 200;

export async function findSignUp(tx: Transaction, shiftId: string, personId: string): Promise<SignUp | null> {
  const [row] = await tx.run(BY_PERSON, { shift: shiftId, person: personId });
  return row === undefined ? null : signUpOf(row);
}

const BY_PERSON = prepare<{ shift: string; person: string }>()((db, value) =>
  db.selectFrom('sign_up').selectAll().where('shift_id', '=', value('shift')).where('person_id', '=', value('person')),
);

export async function findSignUpById(tx: Transaction, communityId: string, id: string): Promise<SignUp | null> {
  const [row] = await tx.run(BY_ID, { community: communityId, id });
  return row === undefined ? null : signUpOf(row);
}

const BY_ID = prepare<{ community: string; id: string }>()((db, value) =>
  db.selectFrom('sign_up').selectAll().where('id', '=', value('id')).where('community_id', '=', value('community')),
);

/** Who waits longest comes first. */
export async function listWaiting(tx: Transaction, shiftId: string): Promise<SignUp[]> {
  const rows = await tx.run(WAITING, { shift: shiftId });
  return rows.map(signUpOf);
}

const WAITING = prepare<{ shift: string }>()((db, value) =>
  db
    .selectFrom('sign_up')
    .selectAll()
    .where('shift_id', '=', value('shift'))
    .where('state', '=', 'waiting')
    .orderBy('queued_at')
    .orderBy('id'),
);

/** What `ownSignUpOf` needs of a shift and its activity beside the sign-up. */
export const SHIFT_COLUMNS = [
  'activity.title',
  'activity.place',
  'shift.activity_id',
  'shift.starts_at',
  'shift.ends_at',
  'shift.capacity',
  'shift.taken',
  'shift.waiting',
  'shift.state as shift_state',
  'shift.reminded',
] as const;

export interface OwnSignUp {
  readonly signUp: SignUp;
  readonly shift: Shift;
}

/** Every sign-up of a person that stands, for shifts not over at `from`, in the order they begin. */
export async function listOwnSignUps(tx: Transaction, personId: string, from: Date): Promise<OwnSignUp[]> {
  const rows = await tx.run(OWN, { person: personId, from: from.getTime() });
  // A person has a few: putting them in order here costs less than a sorting step of the database.
  return rows.map(ownSignUpOf).sort((a, b) => a.shift.startsAt.getTime() - b.shift.startsAt.getTime());
}

const OWN = prepare<{ person: string; from: number }>()((db, value) =>
  db
    .selectFrom('sign_up')
    .innerJoin('shift', 'shift.id', 'sign_up.shift_id')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('sign_up')
    .select(SHIFT_COLUMNS)
    .where('sign_up.person_id', '=', value('person'))
    .where('sign_up.state', '<>', 'cancelled')
    .where('shift.ends_at', '>', value('from')),
);

/** The sign-up this person cancelled that was made last, where its shift is still ahead. */
export async function findDroppedSignUp(tx: Transaction, personId: string, from: Date): Promise<OwnSignUp | null> {
  const [row] = await tx.run(DROPPED, { person: personId, from: from.getTime() });
  return row === undefined ? null : ownSignUpOf(row);
}

const DROPPED = prepare<{ person: string; from: number }>()((db, value) =>
  db
    .selectFrom('sign_up')
    .innerJoin('shift', 'shift.id', 'sign_up.shift_id')
    .innerJoin('activity', 'activity.id', 'shift.activity_id')
    .selectAll('sign_up')
    .select(SHIFT_COLUMNS)
    .where('sign_up.person_id', '=', value('person'))
    .where('sign_up.state', '=', 'cancelled')
    .where('shift.starts_at', '>', value('from'))
    .orderBy('sign_up.created_at', 'desc')
    .limit(1),
);

/** The ids of all that this person ever made, whatever became of them. */
export async function listSignUpIdsOf(tx: Transaction, personId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('sign_up').select('id').where('person_id', '=', personId).execute();
  return rows.map((row) => row.id);
}

/** What a person last said of themselves for any activity, so that nobody is asked twice. */
export async function knownContact(
  tx: Transaction,
  communityId: string,
  personId: string,
): Promise<SignUpContact & { readonly isKnown: boolean }> {
  const rows = await tx.run(CONTACTS, { person: personId });
  const sealer = await tx.sealer(communityId);
  const named = rows.find((row) => row.name_sealed !== null);
  const reachable = rows.find((row) => row.phone_sealed !== null);
  return {
    isKnown: rows.length > 0,
    name: named?.name_sealed == null ? null : sealer.open(named.name_sealed, named.id, SIGN_UP_NAME),
    phone: reachable?.phone_sealed == null ? null : sealer.open(reachable.phone_sealed, reachable.id, SIGN_UP_PHONE),
  };
}

const CONTACTS = prepare<{ person: string }>()((db, value) =>
  db
    .selectFrom('sign_up')
    .select(['id', 'name_sealed', 'phone_sealed'])
    .where('person_id', '=', value('person'))
    .orderBy('created_at', 'desc')
    .limit(10),
);

/** Offers whose time is over, shift by shift. */
export async function listLapsedOffers(tx: Transaction, communityId: string, now: Date): Promise<SignUp[]> {
  const rows = await tx.run(LAPSED, { community: communityId, now: now.getTime() });
  return rows.map(signUpOf);
}

const LAPSED = prepare<{ community: string; now: number }>()((db, value) =>
  db
    .selectFrom('sign_up')
    .selectAll()
    .where('community_id', '=', value('community'))
    .where('state', '=', 'offered')
    .where('offered_until', '<=', value('now'))
    .orderBy('shift_id')
    .orderBy('queued_at'),
);

export type OwnRow = Selectable<SignUpRow> &
  Omit<ShiftView, 'id' | 'state' | 'community_id'> & { readonly shift_state: Shift['state'] };

export function ownSignUpOf(row: OwnRow): OwnSignUp {
  const shift = { ...row, id: row.shift_id, state: row.shift_state };
  return { signUp: signUpOf(row), shift: shiftOf(shift) };
}

export function signUpOf(row: Selectable<SignUpRow>): SignUp {
  return {
    id: row.id,
    shiftId: row.shift_id,
    communityId: row.community_id,
    personId: row.person_id,
    chatId: row.chat_id,
    party: row.party,
    state: row.state,
    queuedAt: new Date(row.queued_at),
    offeredUntil: row.offered_until === null ? null : new Date(row.offered_until),
    source: row.source,
    createdAt: new Date(row.created_at),
  };
}
