/**
 * Who joined a family by saying its door: until three days went by and nobody objected they add habits, but neither
 * see what the others told nor take anything away. An objection lasts until the committee has settled it.
 */
import type { Community } from '../../model/community.ts';
import { insertAsker, openTaskOnce } from '../../store/asked-task-table.ts';
import { findJoining, listMembers, type Member } from '../../store/household-table.ts';
import { listPledgesOfHousehold } from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { findOpenTask } from '../../store/task-table.ts';
import { cameAfter, isStillNew } from './newcomer-rules.ts';

export async function isNewcomer(
  tx: Transaction,
  household: { readonly id: string; readonly communityId: string },
  personId: string,
  now: Date,
): Promise<boolean> {
  const joining = await findJoining(tx, household.id, personId);
  if (joining === null) return false;
  const { joinedAt, firstPledgeAt: first } = joining;
  if (!cameAfter(joinedAt, first)) return false;
  if (isStillNew(joinedAt, first, now)) return true;
  return isDoubted(tx, household, personId);
}

/** Somebody of the family said that it does not know them, and the committee has not settled it. */
export async function isDoubted(
  tx: Transaction,
  { communityId }: { readonly communityId: string },
  personId: string,
): Promise<boolean> {
  return (await findOpenTask(tx, communityId, 'question', await doubtOf(tx, { communityId }, personId))) !== null;
}

/** In the order they joined. */
export async function listSettledMembers(tx: Transaction, householdId: string, now: Date): Promise<string[]> {
  const first = await firstPledgeAt(tx, householdId);
  const members: readonly Member[] = await listMembers(tx, householdId);
  return members.filter(({ joinedAt }) => !isStillNew(joinedAt, first, now)).map(({ personId }) => personId);
}

/** One task however many members object; the answer goes to who objected. `text`: what the worker reads. */
export async function reportNewcomer(
  tx: Transaction,
  community: Community,
  newcomerId: string,
  by: { readonly personId: string; readonly chatId: string },
  text: string,
  now: Date,
): Promise<void> {
  const communityId = community.id;
  const subjectId = await doubtOf(tx, { communityId }, newcomerId);
  const { taskId } = await openTaskOnce(tx, { communityId, kind: 'question', subjectId, ...by, text, now });
  await insertAsker(tx, taskId, by, now);
}

async function firstPledgeAt(tx: Transaction, householdId: string): Promise<Date | null> {
  const times = (await listPledgesOfHousehold(tx, householdId)).map(({ madeAt }) => madeAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

async function doubtOf(
  tx: Transaction,
  { communityId }: { readonly communityId: string },
  personId: string,
): Promise<string> {
  return (await tx.sealer(communityId)).hash(`newcomer ${personId}`);
}
