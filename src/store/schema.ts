/**
 * The tables as Kysely sees them, the same on SQLite and PostgreSQL.
 * Times are milliseconds since 1970, yes and no are 1 and 0, lists are JSON text; `_sealed` columns are encrypted.
 */
import type { ActivityRow, ShiftRow, SignUpRow } from './rows/activity-rows.ts';
import type { BindingCodeRow, FormerPersonRow, StaffChatRow, StaffWordRow } from './rows/binding-rows.ts';
import type { ChainDoubtRow, ChainEntryRow, ChainRow } from './rows/chain-rows.ts';
import type { ForwardingRow, HandGroupRow, OwnerTaskRow } from './rows/forwarding-rows.ts';
import type {
  AttachmentRow,
  ConversationRow,
  InboxRow,
  OutboxRow,
  RecallReceiptRow,
  WebMessageRow,
} from './rows/message-rows.ts';
import type {
  AnnouncedDaysRow,
  ChatTipRow,
  NoticeDeliveryRow,
  NoticeReceiptRow,
  NoticeRow,
  TipPostingRow,
} from './rows/notice-rows.ts';
import type { AttemptRow, AuditRow, StaffRow, StaffSessionRow, TaskAskerRow, TaskRow } from './rows/office-rows.ts';
import type { ChatRow, HouseholdMemberRow, HouseholdRow, PersonAddressRow, PersonRow } from './rows/people-rows.ts';
import type { AreaRow, CommunityRow, CounterRow, OwnWordRow, WasteRuleRow } from './rows/place-rows.ts';
import type { CheckInRow, PledgeChangeRow, PledgeHabitRow, PledgeRow } from './rows/pledge-rows.ts';
import type { LeaseRow, ScheduleRow, ScheduleSlotRow } from './rows/schedule-rows.ts';

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
  pledge_habit: PledgeHabitRow;
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
  own_word: OwnWordRow;
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
  attachment: AttachmentRow;
  recall_receipt: RecallReceiptRow;
  binding_code: BindingCodeRow;
  staff_chat: StaffChatRow;
  staff_word: StaffWordRow;
  former_person: FormerPersonRow;
  hand_group: HandGroupRow;
  forwarding: ForwardingRow;
  owner_task: OwnerTaskRow;
  chain: ChainRow;
  chain_entry: ChainEntryRow;
  chain_doubt: ChainDoubtRow;
}
