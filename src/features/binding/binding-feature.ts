/** Codes sent in a chat: they bind a group to an area, a private chat to a member of staff, two chats to one person. */
import { isMadeOf } from '../../lib/made-of.ts';
import { looksLikeOneTimeCode } from '../../lib/one-time-code.ts';
import type { BindingCode } from '../../model/binding.ts';
import type { Saying } from '../../model/text.ts';
import type { Understood } from '../../model/understanding.ts';
import type { DueSlot, Effects, Feature, FeatureSchedule, Outcome, Turn } from '../../runtime/feature.ts';
import { deleteCodesBefore, findBindingCode, takeBindingCode } from '../../store/binding-code-table.ts';
import { forgetToldToStaff } from '../../store/staff-chat-table.ts';
import { askForCode } from './ask-for-code.ts';
import type { BindingParts } from './binding-parts.ts';
import { BINDING_TEXTS, say } from './binding-texts.ts';
import { TOO_MANY } from './code-door.ts';
import { bindGroup } from './group-binding.ts';
import { answerJoin, isJoinOpen, meetPersonCode } from './person-joining.ts';
import { bindStaff } from './staff-binding.ts';

export function createBinding(parts: BindingParts): Feature {
  return {
    name: 'binding',
    intents: ['code.give', 'code.ask'],
    texts: BINDING_TEXTS,
    act: (turn) => act(turn, parts),
    unclear: async (turn) => ((await isJoinOpen(turn)) ? answerJoin(turn, parts) : null),
    schedules: () => [SWEEP],
    jobs: { [SWEEP.kind]: sweep },
  };
}

/** What words that nobody claimed mean here: a code there is none such, or the wish for one. */
export function createBindingHint({
  render,
}: Pick<BindingParts, 'render'>): (turn: Turn) => { readonly readAs: Understood } | null {
  return ({ text, community }) => {
    if (looksLikeOneTimeCode(text)) return { readAs: { intent: 'code.give', slots: {} } };
    const words = render(community.locale, 'binding.ask-words', {}, '');
    return isMadeOf(text, words) ? { readAs: { intent: 'code.ask', slots: {} } } : null;
  };
}

function act(turn: Turn, parts: BindingParts): Promise<Outcome> {
  switch (turn.understood.intent) {
    case 'code.give':
      return takeCode(turn, parts);
    case 'code.ask':
      return askForCode(turn, parts);
    default:
      return answerJoin(turn, parts);
  }
}

async function takeCode(turn: Turn, parts: BindingParts): Promise<Outcome> {
  const { tx, now, chat, community } = turn;
  const { text, topic } = turn.understood.slots;
  if (topic === TOO_MANY.slots.topic) return answer(say('binding.too-many'));
  // Only what the door found comes with its words: nothing is tried here a second time.
  const code = text === undefined ? null : await findBindingCode(tx, parts.codes.hash(text));
  if (code === null) return answer(say('binding.unknown'));
  if (code.usedAt !== null) return answer(say('binding.used'));
  if (code.expiresAt <= now) return answer(say('binding.expired'));
  if (code.communityId !== community.id) return answer(say('binding.other-community'));
  if (chat.kind === 'group') return code.purpose === 'group' ? bindGroup(turn, parts, code) : spoil(turn, code);
  if (code.purpose === 'group') return answer(say('binding.group-code-in-private'));
  return code.purpose === 'staff' ? bindStaff(turn, code) : meetPersonCode(turn, parts, code);
}

/** Everybody there has read it now, so it is good for nobody. */
async function spoil({ tx, now }: Turn, { id }: BindingCode): Promise<Outcome> {
  await takeBindingCode(tx, id, now);
  return answer(say('binding.private-code-in-group'));
}

function answer(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }] };
}

const HOUR_MS = 60 * 60 * 1_000;
// Who sends an old code on the next morning is still told that it is old.
const KEPT_MS = 48 * HOUR_MS;
const SWEEP: FeatureSchedule = { kind: 'binding.sweep', cron: '25 3 * * *', policy: 'latest', maxLateMs: 20 * HOUR_MS };

// A channel that is still down after this is worth another word.
const TOLD_KEPT_MS = 7 * 24 * HOUR_MS;

async function sweep({ tx, now, community }: DueSlot): Promise<Effects> {
  await deleteCodesBefore(tx, new Date(now.getTime() - KEPT_MS));
  await forgetToldToStaff(tx, community.id, new Date(now.getTime() - TOLD_KEPT_MS));
  return { messages: [] };
}
