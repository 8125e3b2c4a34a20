/** What a person forwards, as its tables hold it; what columns mean in general stands in schema.ts. */

export interface HandGroupRow {
  chat_id: string;
  community_id: string;
  owner_sealed: string | null;
  link: string | null;
  wecom_chat: string | null;
  wecom_owner: string | null;
}

export interface ForwardingRow {
  outbox_id: string;
  community_id: string;
  staff_id: string | null;
  at: number;
}

export interface OwnerTaskRow {
  outbox_id: string;
  community_id: string;
  /** `null` from the moment it is about to be made until WeCom has answered. */
  task_id: string | null;
  owner: string;
  wecom_chat: string;
  made_at: number;
  reminded_at: string;
}
