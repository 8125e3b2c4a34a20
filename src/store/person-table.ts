/** What is known of a person: name and phone (sealed), consent; and how all of it is taken away again. */
import type { Person } from '../model/chat.ts';
import type { Address } from './chat-table.ts';
import { dropKeptOf } from './inbox-table.ts';
import { prepare } from './prepared.ts';
import { leavePrivateChats } from './private-chat-table.ts';
import type { PersonRow } from './rows/people-rows.ts';
import type { Transaction } from './store.ts';
import { deleteWebMessagesOf } from './web-message-table.ts';

/** Personal, opened only for the person and, with an audit row, for staff. */
export interface PersonalData {
  readonly name: string | null;
  readonly phone: string | null;
  /** Since when the person is known. */
  readonly since: Date;
}

export async function findPerson(tx: Transaction, communityId: string, id: string): Promise<Person | null> {
  const row = await readRow(tx, id);
  return row === undefined || row.community_id !== communityId ? null : personOf(row);
}

export async function readPersonalData(tx: Transaction, person: Person): Promise<PersonalData | null> {
  const row = await readRow(tx, person.id);
  if (row === undefined) return null;
  const sealer = await tx.sealer(row.community_id);
  const opened = (sealed: string | null, column: string) =>
    sealed === null ? null : sealer.open(sealed, row.id, column);
  return {
    name: opened(row.name_sealed, NAME),
    phone: opened(row.phone_sealed, PHONE),
    since: new Date(row.created_at),
  };
}

export async function savePersonName(tx: Transaction, person: Person, name: string): Promise<void> {
  const sealer = await tx.sealer(person.communityId);
  await tx.db
    .updateTable('person')
    .set({ name_sealed: sealer.seal(name, person.id, NAME) })
    .where('id', '=', person.id)
    .execute();
}

/** Eleven digits. */
export async function savePersonPhone(tx: Transaction, person: Person, phone: string): Promise<void> {
  const sealer = await tx.sealer(person.communityId);
  await tx.db
    .updateTable('person')
    .set({ phone_sealed: sealer.seal(phone, person.id, PHONE), phone_hash: sealer.hash(phone) })
    .where('id', '=', person.id)
    .execute();
}

export async function recordConsent(tx: Transaction, personId: string, version: string, now: Date): Promise<void> {
  await tx.run(CONSENT, { id: personId, version, now: now.getTime() });
}

const CONSENT = prepare<{ id: string; version: string; now: number }>()((db, value) =>
  db
    .updateTable('person')
    .set({ consented_at: value('now'), consent_version: value('version') })
    .where('id', '=', value('id')),
);

export async function revokeConsent(tx: Transaction, personId: string): Promise<void> {
  await tx.db
    .updateTable('person')
    .set({ consented_at: null, consent_version: null })
    .where('id', '=', personId)
    .execute();
}

/** Sign-ups a person has, and how many of them lie ahead and will be cancelled when the person is erased. */
export async function countSignUps(
  tx: Transaction,
  personId: string,
  now: Date,
): Promise<{ readonly all: number; readonly ahead: number }> {
  const rows = await tx.db
    .selectFrom('sign_up')
    .innerJoin('shift', 'shift.id', 'sign_up.shift_id')
    .select('shift.starts_at')
    .where('sign_up.person_id', '=', personId)
    .where('sign_up.state', '!=', 'cancelled')
    .execute();
  return { all: rows.length, ahead: rows.filter((row) => row.starts_at > now.getTime()).length };
}

/**
 * Takes away everything that leads back to a person. The bare row stays, so that what it took part in is still
 * counted; so do the private chats without their owner until the last word is sent (`deleteLeftChats`). What another
 * community keeps of the same human is its own, and stays.
 */
export async function erasePerson(tx: Transaction, person: Pick<Person, 'id' | 'communityId'>): Promise<void> {
  const personId = person.id;
  await deleteWebMessagesOf(tx, person);
  await leavePrivateChats(tx, person);
  await deleteGroupAnswers(tx, person.communityId);
  await dropKeptOf(tx, person.communityId, await listAddressesOf(tx, personId));
  const { db } = tx;
  await db.deleteFrom('conversation').where('person_id', '=', personId).execute();
  await db.deleteFrom('person_address').where('person_id', '=', personId).execute();
  await db.updateTable('task').set({ person_id: null, chat_id: null }).where('person_id', '=', personId).execute();
  await db
    .updateTable('person')
    .set({ name_sealed: null, phone_sealed: null, phone_hash: null, consented_at: null, consent_version: null })
    .where('id', '=', personId)
    .execute();
}

/** Everywhere they write from. */
export function listAddressesOf(tx: Transaction, personId: string): Promise<Address[]> {
  return tx.db
    .selectFrom('person_address')
    .select(['channel', 'account', 'address'])
    .where('person_id', '=', personId)
    .execute();
}

/** Answers in groups repeat names, and no row says whose; once they are sent nobody needs them, so all of them go. */
async function deleteGroupAnswers(tx: Transaction, communityId: string): Promise<void> {
  const { db } = tx;
  const groups = db.selectFrom('chat').where('community_id', '=', communityId).where('kind', '=', 'group');
  await db
    .deleteFrom('outbox')
    .where('chat_id', 'in', groups.select('id'))
    .where('kind', '=', 'reply')
    .where('state', 'not in', ['queued', 'sending'])
    .execute();
  await db
    .deleteFrom('web_message')
    .where('chat_address', 'in', groups.select('address').where('channel', '=', 'web'))
    .where('community_id', '=', communityId)
    .where('kind', '=', 'reply')
    .execute();
}

/** A private chat left behind by an erased person, taken up again by whoever now writes from there. */
export async function takeUpLeftChat(tx: Transaction, chatId: string, personId: string): Promise<void> {
  await tx.db
    .updateTable('chat')
    .set({ person_id: personId })
    .where('id', '=', chatId)
    .where('kind', '=', 'direct')
    .where('person_id', 'is', null)
    .execute();
}

/** Private chats whose owner was erased, once nothing is on its way there any more. Returns how many went. */
export async function deleteLeftChats(tx: Transaction, communityId: string, before: Date): Promise<number> {
  const busy = tx.db.selectFrom('outbox').select('chat_id').where('state', 'in', ['queued', 'sending']);
  const gone = await tx.db
    .deleteFrom('chat')
    .where('community_id', '=', communityId)
    .where('kind', '=', 'direct')
    .where('person_id', 'is', null)
    .where('created_at', '<', before.getTime())
    .where('id', 'not in', busy)
    .returning('id')
    .execute();
  return gone.length;
}

async function readRow(tx: Transaction, id: string): Promise<PersonRow | undefined> {
  return (await tx.run(BY_ID, { id }))[0];
}

const BY_ID = prepare<{ id: string }>()((db, value) =>
  db.selectFrom('person').selectAll().where('id', '=', value('id')),
);

function personOf(row: PersonRow): Person {
  return {
    id: row.id,
    communityId: row.community_id,
    consentedAt: row.consented_at === null ? null : new Date(row.consented_at),
    consentVersion: row.consent_version,
  };
}

const NAME = 'person.name';
const PHONE = 'person.phone';
