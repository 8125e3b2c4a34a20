/** What members of staff do on behalf of a household; each leaves a row in the audit log. */
import type { Community } from '../../model/community.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteHousehold } from '../../store/household-table.ts';
import type { Transaction } from '../../store/store.ts';
import { holdOwn, setPeople } from './household-service.ts';
import { type ChangeResult, changePledge, type HabitChange, renewPledge, withdrawPledge } from './pledges-service.ts';
import { keepingCount } from './standing-counter.ts';

/** Who does it, for which household, when. */
export interface OfficeAct {
  readonly community: Community;
  readonly householdId: string;
  readonly staffId: string;
  readonly now: Date;
}

export async function changeOnBehalf(
  tx: Transaction,
  act: OfficeAct,
  change: HabitChange & { readonly people?: number },
): Promise<ChangeResult> {
  const { community, householdId, now } = act;
  const result = await changePledge(tx, community, householdId, actorOf(act), change, now);
  if (!result.ok) return result;
  if (change.people !== undefined) await setPeople(tx, community, householdId, change.people);
  await note(tx, act, 'pledge.change', { added: change.add.length, removed: change.remove.length });
  return result;
}

/** False where nothing stood. */
export async function withdrawOnBehalf(tx: Transaction, act: OfficeAct): Promise<boolean> {
  const pledge = await withdrawPledge(tx, act.community, act.householdId, actorOf(act), act.now);
  if (pledge !== null) await note(tx, act, 'pledge.withdraw', {});
  return pledge !== null;
}

/** Undoes a withdrawal. False where nothing was withdrawn. */
export async function renewOnBehalf(tx: Transaction, act: OfficeAct): Promise<boolean> {
  const pledge = await renewPledge(tx, act.community, act.householdId, actorOf(act), act.now);
  if (pledge !== null) await note(tx, act, 'pledge.renew', {});
  return pledge !== null;
}

/** For a household typed in by mistake: it goes with its pledges and their history, which cannot be undone. */
export async function removeHousehold(tx: Transaction, act: OfficeAct): Promise<boolean> {
  const household = await holdOwn(tx, act.community, act.householdId);
  if (household === null) return false;
  await keepingCount(tx, household, () => deleteHousehold(tx, household.id));
  await note(tx, act, 'household.remove', {});
  return true;
}

function actorOf({ staffId }: OfficeAct) {
  return { personId: null, staffId };
}

async function note(
  tx: Transaction,
  { community, householdId, staffId, now }: OfficeAct,
  action: string,
  detail: Readonly<Record<string, number>>,
): Promise<void> {
  await appendAudit(tx, { communityId: community.id, staffId, action, subjectId: householdId, detail, at: now });
}
