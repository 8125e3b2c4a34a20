/** The pledge: what one household wants to do in one period of one plan, and how that came about. */
import type { PledgeChangeKind, PledgeState } from './records.ts';

/** Under which plan and in which period (a calendar year, `2026`) a pledge counts. */
export interface PledgeScope {
  readonly plan: string;
  readonly period: string;
}

export interface Pledge extends PledgeScope {
  readonly id: string;
  readonly communityId: string;
  readonly householdId: string;
  readonly state: PledgeState;
  /** Ids of data/habits.csv, in the order they were pledged. */
  readonly habits: readonly string[];
  readonly madeAt: Date;
  readonly changedAt: Date;
}

/** Who did it: a resident, a member of staff on their behalf, or neither where the person was erased. */
export interface PledgeActor {
  readonly personId: string | null;
  readonly staffId: string | null;
}

export interface PledgeChange extends PledgeActor {
  readonly id: string;
  readonly kind: PledgeChangeKind;
  /** As they stood afterwards. */
  readonly habits: readonly string[];
  readonly at: Date;
}
