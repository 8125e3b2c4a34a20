/** The habits of every pledge, a row each, so that whoever looks for one of them does not read through all pledges. */
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** To be called whenever a pledge was written, in the same transaction. */
export async function keepHabits(tx: Transaction, pledgeId: string, habits: readonly string[]): Promise<void> {
  await tx.run(FORGET, { pledge: pledgeId });
  for (const habit of new Set(habits)) await tx.run(KEEP, { pledge: pledgeId, habit });
}

const FORGET = prepare<{ pledge: string }>()((db, value) =>
  db.deleteFrom('pledge_habit').where('pledge_id', '=', value('pledge')),
);

const KEEP = prepare<{ pledge: string; habit: string }>()((db, value) =>
  db
    .insertInto('pledge_habit')
    .columns(['pledge_id', 'habit', 'community_id', 'period', 'changed_at'])
    .expression(
      db
        .selectFrom('pledge')
        .select(['id', value('habit').as('habit'), 'community_id', 'period', 'changed_at'])
        .where('id', '=', value('pledge')),
    ),
);
