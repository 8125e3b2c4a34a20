/** The way of messages, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { ChannelName } from '../../model/channel-name.ts';
import type { Fate, OutgoingKind } from '../../model/outgoing.ts';

/** A picture or file that goes out with messages. */
export interface AttachmentRow {
  id: string;
  community_id: string;
  name: string;
  media_type: string;
  bytes_base64: string;
  created_at: number;
}

/** What its platform wants to know to take a message back. */
export interface RecallReceiptRow {
  outbox_id: string;
  community_id: string;
  receipt: string;
  sent_at: number;
}

export interface InboxRow {
  channel: ChannelName;
  account: string;
  message_id: string;
  community_id: string | null;
  body_sealed: string | null;
  state: 'received' | 'handled' | 'dead';
  tries: number;
  received_at: number;
}

export interface OutboxRow {
  id: string;
  community_id: string;
  chat_id: string;
  kind: OutgoingKind;
  text_key: string;
  body_sealed: string;
  state: Fate;
  owner: string | null;
  tries: number;
  run_at: number;
  not_after: number | null;
  collapse_key: string | null;
  urgent: number;
  subject_id: string | null;
  done_at: number | null;
  reason: string | null;
  created_at: number;
}

export interface ConversationRow {
  chat_id: string;
  person_id: string;
  community_id: string;
  feature: string;
  step: string;
  version: number;
  question: string | null;
  answers_sealed: string;
  expires_at: number;
}

export interface WebMessageRow {
  id: string;
  community_id: string;
  chat_address: string;
  sender_address: string | null;
  kind: OutgoingKind | null;
  body_sealed: string;
  at: number;
}
