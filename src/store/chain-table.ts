/** Chains that were heard: found again by the platform's id, by the chat or by their theme. The theme is sealed. */
import type { Selectable } from 'kysely';
import type { Chain, ChainState } from '../model/chain.ts';
import type { ChainRow } from './rows/chain-rows.ts';
import type { Transaction } from './store.ts';

const THEME = 'chain.theme';

export async function insertChain(tx: Transaction, chain: Omit<Chain, 'id'>): Promise<Chain> {
  const record: Chain = { ...chain, id: tx.newId() };
  await tx.db
    .insertInto('chain')
    .values({ id: record.id, community_id: record.communityId, ...(await columnsOf(tx, record)) })
    .execute();
  return record;
}

export async function updateChain(tx: Transaction, chain: Chain): Promise<void> {
  await tx.db
    .updateTable('chain')
    .set(await columnsOf(tx, chain))
    .where('id', '=', chain.id)
    .execute();
}

/** Kept from everybody else until this transaction ends: two copies of one chain are merged one after the other. */
export async function holdChain(tx: Transaction, communityId: string, id: string): Promise<Chain | null> {
  const row = await tx.db
    .updateTable('chain')
    .set((eb) => ({ told: eb.ref('told') }))
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : chainOf(tx, row);
}

export async function findChain(tx: Transaction, communityId: string, id: string): Promise<Chain | null> {
  const row = await tx.db
    .selectFrom('chain')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : chainOf(tx, row);
}

export async function findChainByNativeKey(
  tx: Transaction,
  communityId: string,
  nativeKey: string,
): Promise<Chain | null> {
  const row = await tx.db
    .selectFrom('chain')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('native_key', '=', nativeKey)
    .orderBy('heard_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : chainOf(tx, row);
}

export interface ChainQuery {
  /** Heard again after this. */
  readonly since?: Date;
  /** Heard last before this. */
  readonly before?: Date;
  readonly chatId?: string;
  readonly state?: ChainState;
  readonly limit: number;
}

/** The last heard first. */
export async function listChains(tx: Transaction, communityId: string, query: ChainQuery): Promise<Chain[]> {
  const { since, before, chatId, state, limit } = query;
  let rows = tx.db.selectFrom('chain').selectAll().where('community_id', '=', communityId);
  if (since !== undefined) rows = rows.where('heard_at', '>', since.getTime());
  if (before !== undefined) rows = rows.where('heard_at', '<', before.getTime());
  if (chatId !== undefined) rows = rows.where('chat_id', '=', chatId);
  if (state !== undefined) rows = rows.where('state', '=', state);
  const found = await rows.orderBy('heard_at', 'desc').orderBy('id').limit(limit).execute();
  return Promise.all(found.map((row) => chainOf(tx, row)));
}

/** Whoever started them was erased. */
export async function forgetInitiator(tx: Transaction, communityId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.db
    .updateTable('chain')
    .set({ initiator_key: null })
    .where('community_id', '=', communityId)
    .where('initiator_key', 'in', keys)
    .execute();
}

export interface ChainAges {
  /** Of shifts that ended before. */
  readonly shiftsEnded: Date;
  /** Of nothing of ours, and heard last before. */
  readonly unmatched: Date;
  /** Of pledges, and heard last before. */
  readonly pledges: Date;
}

/** Lists nobody needs any longer, with all that was written in them; what they put on record stays there. True while there are more. */
export async function forgetChains(tx: Transaction, before: ChainAges): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('chain')
    .leftJoin('shift', 'shift.id', 'chain.target_id')
    .select('chain.id')
    .where((eb) =>
      eb.or([
        eb.and([eb('chain.state', '!=', 'matched'), eb('heard_at', '<', before.unmatched.getTime())]),
        eb.and([eb('target_kind', '=', 'pledges'), eb('heard_at', '<', before.pledges.getTime())]),
        eb.and([eb('target_kind', '=', 'shift'), eb('shift.ends_at', '<', before.shiftsEnded.getTime())]),
        // Its shift was deleted.
        eb.and([
          eb('target_kind', '=', 'shift'),
          eb('shift.id', 'is', null),
          eb('heard_at', '<', before.unmatched.getTime()),
        ]),
      ]),
    )
    .limit(FORGET_PAGE)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await tx.db.deleteFrom('chain').where('id', 'in', ids).execute();
  return ids.length === FORGET_PAGE;
}

const FORGET_PAGE = 100;

async function columnsOf(tx: Transaction, chain: Chain) {
  const sealer = await tx.sealer(chain.communityId);
  return {
    chat_id: chain.chatId,
    native_key: chain.nativeKey,
    initiator_key: chain.initiatorKey,
    theme_key: chain.themeKey,
    theme_sealed: sealer.seal(chain.theme, chain.id, THEME),
    state: chain.state,
    target_kind: chain.target?.kind ?? null,
    target_id: chain.target?.id ?? null,
    declared: chain.declared,
    started_at: chain.startedAt.getTime(),
    heard_at: chain.heardAt.getTime(),
    told: chain.told,
  };
}

async function chainOf(tx: Transaction, row: Selectable<ChainRow>): Promise<Chain> {
  const sealer = await tx.sealer(row.community_id);
  const { target_kind: kind, target_id: id } = row;
  return {
    id: row.id,
    communityId: row.community_id,
    chatId: row.chat_id,
    nativeKey: row.native_key,
    initiatorKey: row.initiator_key,
    themeKey: row.theme_key,
    theme: sealer.open(row.theme_sealed, row.id, THEME),
    state: row.state,
    target: kind === null || id === null ? null : { kind, id },
    declared: row.declared,
    startedAt: new Date(row.started_at),
    heardAt: new Date(row.heard_at),
    told: row.told,
  };
}
