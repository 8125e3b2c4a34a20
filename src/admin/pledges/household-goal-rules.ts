/** What a plan wants of households, where it wants a share of them. */
import type { Plan, PlanTarget } from '../../model/plan.ts';

export type HouseholdGoal = PlanTarget & { readonly value: number };

/** `null` where the plan names no share of households: none is made up for it. */
export function householdGoal(plan: Pick<Plan, 'initiatives'> | undefined): HouseholdGoal | null {
  const initiatives = plan?.initiatives ?? [];
  for (const { participant, targets } of initiatives) {
    if (participant.kinds.some((kind) => kind !== 'household')) continue;
    for (const target of targets) {
      const { unit, value } = target;
      if (unit === 'percent' && value !== null) return { ...target, value };
    }
  }
  return null;
}

/** How many households more it would take. */
export function missingTo({ value }: Pick<HouseholdGoal, 'value'>, households: number, base: number): number {
  return Math.max(0, Math.ceil((base * value) / 100) - households);
}

/** Rounded to a whole: it is a share of households somebody once counted. */
export function shareOf(households: number, base: number): number {
  return Math.round((households * 100) / base);
}
