/** What both databases hand to the tables. */
import type { PreparedRunner } from './connection.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';
import type { Sealer, Vault } from './vault.ts';

export function transactionOn(runner: PreparedRunner, vault: Vault, newId: () => string): Transaction {
  return {
    dialect: runner.dialect,
    db: runner.db,
    run: (query, values) => runner.run(query, values),
    sealer: (communityId) => vault.known(communityId) ?? learn(runner, vault, communityId),
    newId,
  };
}

const WRAPPED_KEY = prepare<{ id: string }>()((db, value) =>
  db.selectFrom('community').select('wrapped_key').where('id', '=', value('id')),
);

async function learn(runner: PreparedRunner, vault: Vault, communityId: string): Promise<Sealer> {
  const [row] = await runner.run(WRAPPED_KEY, { id: communityId });
  if (row === undefined) throw new Error('there is no such community');
  return vault.learn(communityId, row.wrapped_key);
}
