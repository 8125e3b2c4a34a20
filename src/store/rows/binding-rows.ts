/** Codes and what was bound by them, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { BindingPurpose } from '../../model/binding.ts';

export interface BindingCodeRow {
  id: string;
  community_id: string;
  code_hash: string;
  purpose: BindingPurpose;
  area_id: string | null;
  staff_id: string | null;
  person_id: string | null;
  chat_id: string | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface StaffChatRow {
  chat_id: string;
  staff_id: string;
  bound_at: number;
}

export interface StaffWordRow {
  community_id: string;
  about: string;
  told_at: number;
}

export interface FormerPersonRow {
  id: string;
  person_id: string;
}
