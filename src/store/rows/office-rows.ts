/** Staff and what they do, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { Role, TaskKind } from '../../model/records.ts';

export interface StaffRow {
  id: string;
  community_id: string;
  login: string;
  display_name: string;
  password_hash: string;
  password_is_initial: number;
  role: Role;
  disabled_at: number | null;
  created_at: number;
}

export interface StaffSessionRow {
  token_hash: string;
  staff_id: string;
  device: string;
  created_at: number;
  seen_at: number;
}

export interface AttemptRow {
  key: string;
  at: number;
}

export interface TaskRow {
  id: string;
  community_id: string;
  kind: TaskKind;
  subject_id: string | null;
  person_id: string | null;
  chat_id: string | null;
  text_sealed: string;
  answer_sealed: string | null;
  created_at: number;
  done_at: number | null;
  done_by: string | null;
}

export interface TaskAskerRow {
  task_id: string;
  person_id: string;
  chat_id: string;
  asked_at: number;
}

export interface AuditRow {
  id: string;
  community_id: string;
  staff_id: string | null;
  action: string;
  subject_id: string | null;
  detail: string;
  reason_sealed: string | null;
  at: number;
  chain: string;
}
