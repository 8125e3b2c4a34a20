/** A group is bound to a community and to an area of it by whoever holds the code that a worker made. */
import type { BindingCode } from '../../model/binding.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { takeBindingCode } from '../../store/binding-code-table.ts';
import { updateChat } from '../../store/chat-table.ts';
import { listAreas } from '../../store/community-table.ts';
import { areaName } from './area-name.ts';
import type { BindingParts } from './binding-parts.ts';
import { say } from './binding-texts.ts';

export async function bindGroup(turn: Turn, parts: BindingParts, code: BindingCode): Promise<Outcome> {
  const { tx, now, chat } = turn;
  if (!(await takeBindingCode(tx, code.id, now))) return { messages: [{ to: 'here', said: say('binding.used') }] };
  await updateChat(tx, chat.id, { areaId: code.areaId });
  const before = chat.areaId;
  const detail = { moved: before !== null && before !== code.areaId };
  const entry = { communityId: chat.communityId, staffId: code.staffId, action: 'group.bind', subjectId: chat.id };
  await appendAudit(tx, { ...entry, detail, at: now });
  return { messages: [{ to: 'here', said: await boundWords(turn, parts, before, code.areaId) }] };
}

async function boundWords(
  { tx, community }: Turn,
  { render }: BindingParts,
  before: string | null,
  after: string | null,
): Promise<Saying> {
  const areas = await listAreas(tx, community.id);
  const words = ({ key, variables }: Saying) => render(community.locale, key, variables, '');
  const nameOf = (id: string | null) => areaName(areas, id, community, words);
  if (before === null || before === after) return say('binding.group-bound', { place: nameOf(after) });
  return say('binding.group-moved', { place: nameOf(after), before: nameOf(before) });
}
