/** Activities and sign-ups, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { ReminderStage } from '../../model/activity.ts';
import type { ActivityState, SignUpState } from '../../model/records.ts';
import type { SignUpSource } from '../../model/sign-up.ts';

export interface ActivityRow {
  id: string;
  community_id: string;
  title: string;
  place: string;
  details: string;
  risk: string | null;
  insured: number;
  state: ActivityState;
  created_by: string | null;
  created_at: number;
}

export interface ShiftRow {
  id: string;
  activity_id: string;
  community_id: string;
  starts_at: number;
  ends_at: number;
  capacity: number | null;
  taken: number;
  waiting: number;
  state: ActivityState;
  reminded: ReminderStage;
}

export interface SignUpRow {
  id: string;
  shift_id: string;
  community_id: string;
  person_id: string | null;
  chat_id: string | null;
  name_sealed: string | null;
  phone_sealed: string | null;
  party: number;
  state: SignUpState;
  queued_at: number;
  offered_until: number | null;
  source: SignUpSource;
  created_at: number;
}
