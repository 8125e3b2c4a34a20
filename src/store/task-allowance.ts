/** How much one person may leave with the committee at a time, so that one cannot bury what the others ask. */
import type { Transaction } from './store.ts';

const DAY_MS = 24 * 60 * 60_000;
// More than anybody who needs an answer has to ask before the first one comes.
const MOST_OPEN = 10;

/** False while so many of the last day still wait for an answer. */
export async function mayRaiseTask(tx: Transaction, personId: string, now: Date): Promise<boolean> {
  const open = await tx.db
    .selectFrom('task')
    .select('id')
    .where('person_id', '=', personId)
    .where('done_at', 'is', null)
    .where('created_at', '>', now.getTime() - DAY_MS)
    .limit(MOST_OPEN)
    .execute();
  return open.length < MOST_OPEN;
}
