/** Taking a resident out of a household that does not know them, on behalf of those who live there. */
import { endOfQuiet } from '../../lib/quiet-hours.ts';
import type { Community } from '../../model/community.ts';
import type { Effects } from '../../runtime/feature.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteHousehold, deleteMember, listMembers } from '../../store/household-table.ts';
import { findPerson, readPersonalData } from '../../store/person-table.ts';
import { listPledgeChanges, listPledgesOfHousehold } from '../../store/pledge-table.ts';
import { knownContact } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { holdOwn } from './household-service.ts';
import { isDoubted } from './newcomer-service.ts';
import type { OfficeAct } from './pledge-office-service.ts';
import { say } from './pledges-texts.ts';
import { keepingCount } from './standing-counter.ts';

/** Personal as far as somebody gave it: for staff, after an audit row. */
export interface HouseholdMember {
  readonly personId: string;
  readonly joinedAt: Date;
  readonly name: string | null;
  readonly phone: string | null;
  /** The family said that it does not know them, and nobody has settled it yet. */
  readonly isDoubted: boolean;
}

/** In the order they joined. */
export async function readMembers(
  tx: Transaction,
  household: { readonly id: string; readonly communityId: string },
): Promise<HouseholdMember[]> {
  const members = [];
  for (const { personId, joinedAt } of await listMembers(tx, household.id)) {
    const person = await findPerson(tx, household.communityId, personId);
    const data = person === null ? null : await readPersonalData(tx, person);
    // Who only signed up for something gave a name there.
    const given = await knownContact(tx, household.communityId, personId);
    const contact = { name: data?.name ?? given.name, phone: data?.phone ?? given.phone };
    members.push({ personId, joinedAt, ...contact, isDoubted: await isDoubted(tx, household, personId) });
  }
  return members;
}

/** Whether the household is still one without this member: others speak for it, or it pledged on paper. */
export async function isKeptWithout(tx: Transaction, householdId: string, personId: string): Promise<boolean> {
  const others = (await listMembers(tx, householdId)).filter((member) => member.personId !== personId);
  return others.length > 0 || (await cameOnPaper(tx, householdId));
}

async function cameOnPaper(tx: Transaction, householdId: string): Promise<boolean> {
  for (const { id } of await listPledgesOfHousehold(tx, householdId)) {
    const [first] = await listPledgeChanges(tx, id);
    if (first !== undefined && first.staffId !== null) return true;
  }
  return false;
}

/** `gone`: nobody was left who spoke for the household and no paper stands behind it, so its pledges went too. */
export type TakenOut =
  | { readonly ok: false }
  | { readonly ok: true; readonly household: 'stays' | 'gone'; readonly effects: Effects };

export async function takeOutMember(tx: Transaction, act: OfficeAct, personId: string): Promise<TakenOut> {
  const { community, householdId, staffId, now } = act;
  const household = await holdOwn(tx, community, householdId);
  const isMember = (await listMembers(tx, householdId)).some((member) => member.personId === personId);
  if (household === null || !isMember) return { ok: false };
  const isKept = await isKeptWithout(tx, householdId, personId);
  await keepingCount(tx, household, async () => {
    await deleteMember(tx, personId);
    if (!isKept) await deleteHousehold(tx, householdId);
  });
  const entry = { communityId: community.id, staffId, action: 'household.take-out', subjectId: householdId };
  await appendAudit(tx, { ...entry, detail: { kept: isKept }, at: now });
  return { ok: true, household: isKept ? 'stays' : 'gone', effects: tell(community, personId, now) };
}

const TOLD_WITHIN_MS = 3 * 24 * 60 * 60 * 1_000;

/**
 * Whoever is taken out hears of it: somebody may have been taken for a stranger, and one may ask to have one's own
 * data put right (个人信息保护法 §46) only if one knows. Neither the door nor who objected is named: it is not theirs.
 */
function tell({ settings }: Community, personId: string, now: Date): Effects {
  const runAt = endOfQuiet(settings, now) ?? now;
  const notAfter = new Date(runAt.getTime() + TOLD_WITHIN_MS);
  return { messages: [{ to: { personId }, said: say('pledge.taken-out'), kind: 'reminder', runAt, notAfter }] };
}
