/** Two records of the same human become one: everything that hangs on the one that goes is moved to the one that stays. */
import type { ChannelName } from '../model/channel-name.ts';
import type { Person } from '../model/chat.ts';
import { lockAddress, lockPerson } from './address-lock.ts';
import { findPerson, readPersonalData, savePersonName, savePersonPhone } from './person-table.ts';
import type { ConversationRow } from './rows/message-rows.ts';
import type { Transaction } from './store.ts';

/** Of one community. */
export interface Joining {
  readonly stays: Person;
  readonly goes: Person;
}

/** Nobody speaks or acts for either of them until the transaction ends; always in the same order. */
export async function lockPeople(tx: Transaction, ids: readonly string[]): Promise<void> {
  const addresses = await tx.db
    .selectFrom('person_address')
    .select(['channel', 'account', 'address'])
    .where('person_id', 'in', ids)
    .orderBy('channel')
    .orderBy('account')
    .orderBy('address')
    .execute();
  for (const address of addresses) await lockAddress(tx, address);
  for (const id of ids.toSorted()) await lockPerson(tx, id);
}

/**
 * Households and sign-ups have rules of their own and are settled before; whatever of them still hangs on the one that
 * goes would go with it. What both have said of themselves stays as it is with the one that stays.
 */
export async function joinPersonRows(tx: Transaction, joining: Joining): Promise<void> {
  const { db } = tx;
  const [from, to] = [joining.goes.id, joining.stays.id];
  await joinOwnData(tx, joining);
  await joinConversations(tx, joining);
  await joinAskers(tx, joining);
  await joinReceipts(tx, joining);
  await db.updateTable('person_address').set({ person_id: to }).where('person_id', '=', from).execute();
  await db.updateTable('chat').set({ person_id: to }).where('person_id', '=', from).execute();
  await db.updateTable('pledge_change').set({ person_id: to }).where('person_id', '=', from).execute();
  await db.updateTable('task').set({ person_id: to }).where('person_id', '=', from).execute();
  await db.deleteFrom('binding_code').where('person_id', '=', from).execute();
  await db.updateTable('former_person').set({ person_id: to }).where('person_id', '=', from).execute();
  await db.deleteFrom('person').where('id', '=', from).execute();
  await db.insertInto('former_person').values({ id: from, person_id: to }).execute();
}

/** Whether there is anything of this person that another would learn by becoming the same. */
export async function hasRecords(tx: Transaction, person: Person): Promise<boolean> {
  if (person.consentedAt !== null) return true;
  for (const table of ['household_member', 'sign_up', 'task_asker'] as const) {
    const row = await tx.db
      .selectFrom(table)
      .select('person_id')
      .where('person_id', '=', person.id)
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return true;
  }
  const own = await readPersonalData(tx, person);
  return own !== null && (own.name !== null || own.phone !== null);
}

/** The ids this person had before they were joined: an older backup still knows them by these. */
export async function listFormerIds(tx: Transaction, personId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('former_person').select('id').where('person_id', '=', personId).execute();
  return rows.map(({ id }) => id);
}

export async function forgetFormerIds(tx: Transaction, personId: string): Promise<void> {
  await tx.db.deleteFrom('former_person').where('person_id', '=', personId).execute();
}

/** Which channels somebody writes from, each once. */
export async function listChannelsOf(tx: Transaction, personId: string): Promise<ChannelName[]> {
  const rows = await tx.db
    .selectFrom('person_address')
    .select('channel')
    .distinct()
    .where('person_id', '=', personId)
    .orderBy('channel')
    .execute();
  return rows.map(({ channel }) => channel);
}

async function joinOwnData(tx: Transaction, { stays, goes }: Joining): Promise<void> {
  const known = await readPersonalData(tx, stays);
  const more = await readPersonalData(tx, goes);
  if (known?.name == null && more?.name != null) await savePersonName(tx, stays, more.name);
  if (known?.phone == null && more?.phone != null) await savePersonPhone(tx, stays, more.phone);
  const consent = newestConsent(await fresh(tx, stays), await fresh(tx, goes));
  await tx.db
    .updateTable('person')
    .set({ consented_at: consent.consentedAt?.getTime() ?? null, consent_version: consent.consentVersion })
    .where('id', '=', stays.id)
    .execute();
  if (more !== null) {
    const since = more.since.getTime();
    const { id } = stays;
    await tx.db
      .updateTable('person')
      .set({ created_at: since })
      .where('id', '=', id)
      .where('created_at', '>', since)
      .execute();
  }
}

async function fresh(tx: Transaction, person: Person): Promise<Person> {
  return (await findPerson(tx, person.communityId, person.id)) ?? person;
}

/** The human agreed once, wherever it was; to the newest wording, and since the first day of it. */
function newestConsent(one: Person, other: Person): Pick<Person, 'consentedAt' | 'consentVersion'> {
  if (one.consentedAt === null) return other;
  if (other.consentedAt === null) return one;
  if (one.consentVersion !== other.consentVersion) {
    return (one.consentVersion ?? '') > (other.consentVersion ?? '') ? one : other;
  }
  return one.consentedAt <= other.consentedAt ? one : other;
}

const ANSWERS = 'conversation.answers';

/** An open question goes along, sealed anew for whom it is asked now; of two in one group the newer one stays. */
async function joinConversations(tx: Transaction, { stays, goes }: Joining): Promise<void> {
  const rows = await tx.db.selectFrom('conversation').selectAll().where('person_id', '=', goes.id).execute();
  for (const row of rows) {
    // Of the chat's community, which in a group may be another than the person's.
    const sealer = await tx.sealer(row.community_id);
    const answers = sealer.open(row.answers_sealed, goes.id, ANSWERS);
    await keepNewer(tx, { ...row, person_id: stays.id, answers_sealed: sealer.seal(answers, stays.id, ANSWERS) });
  }
  await tx.db.deleteFrom('conversation').where('person_id', '=', goes.id).execute();
}

async function keepNewer(tx: Transaction, row: ConversationRow): Promise<void> {
  const { chat_id, person_id, ...asked } = row;
  await tx.db
    .insertInto('conversation')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['chat_id', 'person_id'])
        .doUpdateSet(asked)
        .where('conversation.expires_at', '<', row.expires_at),
    )
    .execute();
}

async function joinAskers(tx: Transaction, { stays, goes }: Joining): Promise<void> {
  const rows = await tx.db.selectFrom('task_asker').selectAll().where('person_id', '=', goes.id).execute();
  for (const row of rows) {
    await tx.db
      .insertInto('task_asker')
      .values({ ...row, person_id: stays.id })
      .onConflict((conflict) => conflict.columns(['task_id', 'person_id', 'chat_id']).doNothing())
      .execute();
  }
  await tx.db.deleteFrom('task_asker').where('person_id', '=', goes.id).execute();
}

/** A notice is acknowledged once by a household, or by the person where none is known. */
async function joinReceipts(tx: Transaction, { stays, goes }: Joining): Promise<void> {
  const { db } = tx;
  const home = await db
    .selectFrom('household_member')
    .select('household_id')
    .where('person_id', '=', stays.id)
    .executeTakeFirst();
  const receiver = home === undefined ? `person:${stays.id}` : `household:${home.household_id}`;
  const own = [`person:${stays.id}`, `person:${goes.id}`];
  const rows = await db.selectFrom('notice_receipt').selectAll().where('receiver', 'in', own).orderBy('at').execute();
  await db.deleteFrom('notice_receipt').where('receiver', 'in', own).execute();
  for (const row of rows) {
    await db
      .insertInto('notice_receipt')
      .values({ ...row, receiver, person_id: stays.id })
      .onConflict((conflict) => conflict.columns(['notice_id', 'receiver']).doNothing())
      .execute();
  }
  await db.updateTable('notice_receipt').set({ person_id: stays.id }).where('person_id', '=', goes.id).execute();
}
