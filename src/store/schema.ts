/**
 * The tables as Kysely sees them, the same on SQLite and PostgreSQL.
 * Times are milliseconds since 1970, yes and no are 1 and 0, lists are JSON text; `_sealed` columns are encrypted.
 */
import type { ReminderStage } from '../model/activity.ts';
import type { ChannelName } from '../model/channel-name.ts';
import type { ChatKind } from '../model/inbound.ts';
import type { Fate, OutgoingKind } from '../model/outgoing.ts';
import type {
  ActivityState,
  AreaKind,
  ChatState,
  NoticeState,
  PledgeChangeKind,
  PledgeState,
  Role,
  SignUpState,
  TaskKind,
} from '../model/records.ts';
import type { SignUpSource } from '../model/sign-up.ts';
import type { WasteClass } from '../model/waste-item.ts';

export interface Schema {
  meta: { key: string; value: string };
  community: CommunityRow;
  area: AreaRow;
  chat: ChatRow;
  person: PersonRow;
  person_address: PersonAddressRow;
  household: HouseholdRow;
  household_member: HouseholdMemberRow;
  pledge: PledgeRow;
  pledge_change: PledgeChangeRow;
  check_in: CheckInRow;
  activity: ActivityRow;
  shift: ShiftRow;
  sign_up: SignUpRow;
  notice: NoticeRow;
  notice_delivery: NoticeDeliveryRow;
  notice_receipt: NoticeReceiptRow;
  tip_posting: TipPostingRow;
  chat_tip: ChatTipRow;
  waste_rule: WasteRuleRow;
  announced_days: AnnouncedDaysRow;
  conversation: ConversationRow;
  inbox: InboxRow;
  outbox: OutboxRow;
  schedule: ScheduleRow;
  schedule_slot: ScheduleSlotRow;
  lease: LeaseRow;
  task: TaskRow;
  task_asker: TaskAskerRow;
  counter: CounterRow;
  staff: StaffRow;
  staff_session: StaffSessionRow;
  attempt: AttemptRow;
  audit: AuditRow;
  web_message: WebMessageRow;
}

export interface CommunityRow {
  id: string;
  name: string;
  plan: string;
  locale: string;
  is_sample: number;
  settings: string;
  wrapped_key: string;
  created_at: number;
}

export interface AreaRow {
  id: string;
  community_id: string;
  parent_id: string | null;
  kind: AreaKind;
  name: string;
  household_count: number | null;
  count_source: string | null;
  counted_on: string | null;
}

export interface ChatRow {
  id: string;
  community_id: string;
  channel: ChannelName;
  account: string;
  address: string;
  kind: ChatKind;
  title: string | null;
  area_id: string | null;
  person_id: string | null;
  state: ChatState;
  unasked_stopped_at: number | null;
  created_at: number;
}

export interface PersonRow {
  id: string;
  community_id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
  phone_hash: string | null;
  consented_at: number | null;
  consent_version: string | null;
  created_at: number;
}

export interface PersonAddressRow {
  channel: ChannelName;
  account: string;
  address: string;
  person_id: string;
}

export interface HouseholdRow {
  id: string;
  community_id: string;
  area_id: string | null;
  building: string;
  door_sealed: string;
  door_hash: string;
  people: number | null;
  created_at: number;
}

export interface HouseholdMemberRow {
  person_id: string;
  household_id: string;
  joined_at: number;
}

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

export interface WasteRuleRow {
  community_id: string;
  name_key: string;
  name: string;
  class: WasteClass;
  note: string;
  staff_id: string | null;
  created_at: number;
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

export interface ScheduleRow {
  id: string;
  community_id: string;
  kind: string;
  cron: string;
  zone: string;
  policy: 'skip' | 'latest' | 'all';
  max_late_ms: number;
  enabled: number;
  last_slot: number;
}

export interface ScheduleSlotRow {
  schedule_id: string;
  slot: number;
  claimed_at: number;
  owner: string;
}

export interface LeaseRow {
  name: string;
  owner: string;
  fence: number;
  expires_at: number;
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

export interface CounterRow {
  community_id: string;
  area_id: string;
  name: string;
  value: number;
}

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

export interface AuditRow {
  id: string;
  community_id: string;
  staff_id: string | null;
  action: string;
  subject_id: string | null;
  detail: string;
  at: number;
  chain: string;
}

export interface WebMessageRow {
  id: string;
  community_id: string;
  chat_address: string;
  sender_address: string | null;
  body_sealed: string;
  at: number;
}
