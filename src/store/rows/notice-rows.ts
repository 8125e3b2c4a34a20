/** Notices, tips and announced days, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { NoticeState } from '../../model/records.ts';

export interface NoticeRow {
  id: string;
  community_id: string;
  text: string;
  urgent: number;
  urgent_reason: string | null;
  asks_receipt: number;
  state: NoticeState;
  send_at: number | null;
  created_by: string | null;
  created_at: number;
  picture_id: string | null;
}

export interface NoticeDeliveryRow {
  notice_id: string;
  chat_id: string;
  outbox_id: string | null;
}

export interface NoticeReceiptRow {
  notice_id: string;
  receiver: string;
  person_id: string;
  at: number;
}

export interface TipPostingRow {
  community_id: string;
  tip_id: string;
  on_day: string;
}

export interface ChatTipRow {
  chat_id: string;
  tip_id: string;
  at: number;
}

export interface AnnouncedDaysRow {
  community_id: string;
  event_id: string;
  year: number;
  first_day: string;
  last_day: string;
  source: string;
  staff_id: string | null;
}
