/** What the desk keeps of a person, and how it lets go of it when they want their data gone. */
import type { Person } from '../../model/chat.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { countAskedBy, eraseAskedBy } from '../../store/asked-task-table.ts';
import type { Transaction } from '../../store/store.ts';
import { say } from './front-desk-texts.ts';

export const deskKeeper = { feature: 'front-desk', describe, foretell, erase };

async function describe(tx: Transaction, { id }: Person): Promise<readonly Saying[]> {
  const count = await countAskedBy(tx, id);
  return count === 0 ? [] : [say('desk.kept-questions', { count })];
}

async function foretell(tx: Transaction, { id }: Person): Promise<readonly Saying[]> {
  const count = await countAskedBy(tx, id);
  return count === 0 ? [] : [say('desk.erase-questions', { count })];
}

async function erase(tx: Transaction, { id, communityId }: Person): Promise<Effects> {
  await eraseAskedBy(tx, communityId, id);
  return { messages: [] };
}
