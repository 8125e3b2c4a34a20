/** A private chat is bound to the account of a member of staff; what they may do from a chat hangs on this alone. */
import type { BindingCode } from '../../model/binding.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { takeBindingCode } from '../../store/binding-code-table.ts';
import { turnPrivateChat } from '../../store/private-chat-table.ts';
import { bindStaffChat } from '../../store/staff-chat-table.ts';
import { findStaff } from '../../store/staff-table.ts';
import { say } from './binding-texts.ts';

export async function bindStaff(turn: Turn, code: BindingCode): Promise<Outcome> {
  const { tx, now, chat, person, community } = turn;
  const staff = code.staffId === null ? null : await findStaff(tx, community.id, code.staffId);
  if (staff === null || staff.disabledAt !== null) return answer(say('binding.staff-closed'));
  if (!(await takeBindingCode(tx, code.id, now))) return answer(say('binding.used'));
  // Also where another community opened it.
  await turnPrivateChat(tx, chat, person);
  await bindStaffChat(tx, chat.id, staff.id, now);
  const entry = { communityId: community.id, staffId: staff.id, action: 'staff.chat-bind', subjectId: staff.id };
  await appendAudit(tx, { ...entry, at: now });
  return answer(say('binding.staff-bound', { name: staff.displayName }));
}

function answer(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }] };
}
