/** A small community for crash tests: one counter, one shift with few places, and what must hold whatever happens. */
import { sql } from 'kysely';
import { CommunitySettings } from '../../src/model/community.ts';
import { findCommunity, insertCommunity } from '../../src/store/community-table.ts';
import { addToCounter } from '../../src/store/counter-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import type { Vault } from '../../src/store/vault.ts';

export const TEST_KEY = 'bHZsaW4tdGVzdC1rZXktMzItYnl0ZXMtbG9uZy0hISE=';
export const CAPACITY = 20;
const COMMUNITY = 'crash-village';
const SHIFT = 'crash-shift';
const NOW = 1_790_000_000_000;

export async function seedVillage(tx: Transaction, vault: Vault): Promise<void> {
  if ((await findCommunity(tx, COMMUNITY)) !== null) return;
  await insertCommunity(tx, {
    id: COMMUNITY,
    name: 'village',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({}),
    wrappedKey: vault.newCommunityKey(COMMUNITY),
    now: new Date(NOW),
  });
  const activity = { title: 'a', place: 'p', details: '', insured: 0, state: 'open', created_at: NOW } as const;
  await tx.db
    .insertInto('activity')
    .values({ ...activity, id: 'crash-activity', community_id: COMMUNITY })
    .execute();
  await tx.db
    .insertInto('shift')
    .values({
      id: SHIFT,
      activity_id: 'crash-activity',
      community_id: COMMUNITY,
      starts_at: NOW,
      ends_at: NOW + 1,
      capacity: CAPACITY,
      taken: 0,
      waiting: 0,
      state: 'open',
      reminded: 'none',
    })
    .execute();
}

/** A household, its pledge and the count of pledges. */
export async function writePledge(tx: Transaction, id: string): Promise<void> {
  const at = { created_at: NOW };
  await tx.db
    .insertInto('household')
    .values({ id, community_id: COMMUNITY, building: '3', door_sealed: 'x'.repeat(60), door_hash: id, ...at })
    .execute();
  await tx.db
    .insertInto('pledge')
    .values({
      id,
      community_id: COMMUNITY,
      household_id: id,
      plan: 'changji-2021',
      period: '2026',
      state: 'standing',
      habits: '["clear-plate"]',
      made_at: NOW,
      changed_at: NOW,
    })
    .execute();
  await addToCounter(tx, COMMUNITY, '', 'pledges', 1);
}

/** False when there is no place left. */
export async function writeSignUp(tx: Transaction, id: string): Promise<boolean> {
  const place = await tx.db
    .updateTable('shift')
    .set({ taken: sql<number>`taken + 1` })
    .where('id', '=', SHIFT)
    .where('taken', '<', CAPACITY)
    .returning('taken')
    .executeTakeFirst();
  if (place === undefined) return false;
  await tx.db
    .insertInto('sign_up')
    .values({
      id,
      shift_id: SHIFT,
      community_id: COMMUNITY,
      party: 1,
      state: 'joined',
      queued_at: NOW,
      source: 'chat',
      created_at: NOW,
    })
    .execute();
  return true;
}

export interface VillageRecords {
  readonly pledges: readonly string[];
  readonly signUps: readonly string[];
  readonly counted: number;
  readonly taken: number;
}

export async function readVillage(tx: Transaction): Promise<VillageRecords> {
  const pledges = await tx.db.selectFrom('pledge').select('household_id as id').execute();
  const signUps = await tx.db.selectFrom('sign_up').select('id').execute();
  const counter = await tx.db.selectFrom('counter').select('value').where('name', '=', 'pledges').executeTakeFirst();
  const shift = await tx.db.selectFrom('shift').select('taken').executeTakeFirst();
  return {
    pledges: pledges.map((row) => row.id),
    signUps: signUps.map((row) => row.id),
    counted: counter?.value ?? 0,
    taken: shift?.taken ?? 0,
  };
}

/** What is wrong, in words; empty when all that was promised is there, once. */
export function wrongs(lines: readonly string[], records: VillageRecords): string[] {
  const promised = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const { pledges, signUps, counted, taken } = records;
  const found: string[] = [];
  const lost = [
    ...promised('pledge').filter((id) => !pledges.includes(id)),
    ...promised('joined').filter((id) => !signUps.includes(id)),
  ];
  if (lost.length > 0) found.push(`lost: ${lost.join(' ')}`);
  if (new Set(pledges).size !== pledges.length) found.push('a pledge is there twice');
  if (counted !== pledges.length) found.push(`${counted} counted, ${pledges.length} there`);
  if (taken !== signUps.length) found.push(`${taken} places taken, ${signUps.length} sign-ups`);
  if (signUps.length > CAPACITY) found.push(`${signUps.length} in ${CAPACITY} places`);
  return found;
}
