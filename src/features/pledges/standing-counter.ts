/** Keeps the counts that pages show in step with the pledges, whatever happens to a household. */
import type { PledgeScope } from '../../model/pledge.ts';
import { addToCounter, WHOLE_COMMUNITY } from '../../store/counter-table.ts';
import { listStandingOfHousehold, type StandingPledge } from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { isLikelyRoom } from './door-rules.ts';

/** `pledge.households@changji-2021/2026`: each plan and period is counted on its own. */
export function counterName(
  what: 'pledge.households' | 'pledge.outside' | 'pledge.people' | `habit.${string}`,
  scope: PledgeScope,
): string {
  return `${what}@${scope.plan}/${scope.period}`;
}

/**
 * Does `work` on a household and books what it changed in the counts. They are the difference of before and after,
 * so making, joining, changing, moving, withdrawing and erasing cannot forget one. The caller holds the household.
 */
export async function keepingCount<T>(
  tx: Transaction,
  household: { readonly id: string; readonly communityId: string },
  work: () => Promise<T>,
): Promise<T> {
  const before = await listStandingOfHousehold(tx, household.id);
  const result = await work();
  const after = await listStandingOfHousehold(tx, household.id);
  const changes = new Map<string, Change>();
  for (const pledge of before) book(changes, pledge, -1);
  for (const pledge of after) book(changes, pledge, 1);
  // Always in the same order: two transactions that count the same things then wait for each other only once.
  for (const [, { areaId, name, by }] of [...changes].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (by !== 0) await addToCounter(tx, household.communityId, areaId, name, by);
  }
  return result;
}

interface Change {
  readonly areaId: string;
  readonly name: string;
  readonly by: number;
}

function isDoorOfList({ areaId, room }: StandingPledge): boolean {
  return areaId !== null && isLikelyRoom(room);
}

function book(changes: Map<string, Change>, pledge: StandingPledge, sign: 1 | -1): void {
  const counts: [string, number][] = [
    [counterName('pledge.households', pledge), 1],
    // Of these: what cannot be held against a list of doors, so it is not counted as one of so many households.
    [counterName('pledge.outside', pledge), isDoorOfList(pledge) ? 0 : 1],
    [counterName('pledge.people', pledge), pledge.people],
    ...pledge.habits.map((habit): [string, number] => [counterName(`habit.${habit}`, pledge), 1]),
  ];
  const areas = pledge.areaId === null ? [WHOLE_COMMUNITY] : [WHOLE_COMMUNITY, pledge.areaId];
  for (const areaId of areas) {
    for (const [name, count] of counts.filter(([, each]) => each !== 0)) {
      const key = `${areaId} ${name}`;
      changes.set(key, { areaId, name, by: (changes.get(key)?.by ?? 0) + sign * count });
    }
  }
}
