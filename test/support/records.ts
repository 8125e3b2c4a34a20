/** The records that tests of the store stand on, written straight into the tables. */
import { CommunitySettings } from '../../src/model/community.ts';
import { insertCommunity } from '../../src/store/community-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import type { Vault } from '../../src/store/vault.ts';

export const NOW = 1_790_000_000_000;

export async function foundCommunity(tx: Transaction, vault: Vault, id = 'c'): Promise<void> {
  await insertCommunity(tx, {
    id,
    name: 'community',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({}),
    wrappedKey: vault.newCommunityKey(id),
    now: new Date(NOW),
  });
}

/** A person with a name and a phone number, sealed, and one address. */
export async function foundPerson(tx: Transaction, id: string, name = 'Lin', phone = '13800000000'): Promise<void> {
  const sealer = await tx.sealer('c');
  await tx.db
    .insertInto('person')
    .values({
      id,
      community_id: 'c',
      name_sealed: sealer.seal(name, id, 'person.name'),
      phone_sealed: sealer.seal(phone, id, 'person.phone'),
      phone_hash: sealer.hash(phone),
      created_at: NOW,
    })
    .execute();
  await tx.db
    .insertInto('person_address')
    .values({ channel: 'web', account: 'a', address: id, community_id: 'c', person_id: id })
    .execute();
}

export async function insertNotice(
  tx: Transaction,
  { urgent, urgent_reason }: { readonly urgent: number; readonly urgent_reason: string | null },
): Promise<void> {
  await tx.db
    .insertInto('notice')
    .values({
      id: tx.newId(),
      community_id: 'c',
      text: 'text',
      urgent,
      urgent_reason,
      asks_receipt: 0,
      state: 'draft',
      created_at: NOW,
    })
    .execute();
}

/** A shift and the activity it belongs to. */
export async function insertShift(
  tx: Transaction,
  shift: { readonly id: string; readonly capacity: number; readonly risk?: string; readonly insured?: number },
): Promise<void> {
  const { id, capacity, risk = null, insured = 0 } = shift;
  await tx.db
    .insertInto('activity')
    .values({
      id,
      community_id: 'c',
      title: 't',
      place: 'p',
      details: '',
      risk,
      insured,
      state: 'open',
      created_at: NOW,
    })
    .execute();
  const times = { starts_at: NOW, ends_at: NOW + 1 };
  const counts = { capacity, taken: 0, waiting: 0, reminded: 'none' } as const;
  await tx.db
    .insertInto('shift')
    .values({ id, activity_id: id, community_id: 'c', ...times, ...counts, state: 'open' })
    .execute();
}
