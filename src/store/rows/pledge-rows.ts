/** Pledges, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { PledgeChangeKind, PledgeState } from '../../model/records.ts';

export interface PledgeRow {
  id: string;
  community_id: string;
  household_id: string;
  plan: string;
  period: string;
  state: PledgeState;
  habits: string;
  made_at: number;
  changed_at: number;
}

export interface PledgeHabitRow {
  pledge_id: string;
  habit: string;
  community_id: string;
  period: string;
  changed_at: number;
}

export interface PledgeChangeRow {
  id: string;
  pledge_id: string;
  kind: PledgeChangeKind;
  habits: string;
  person_id: string | null;
  staff_id: string | null;
  at: number;
}

export interface CheckInRow {
  household_id: string;
  habit: string;
  day: string;
}
