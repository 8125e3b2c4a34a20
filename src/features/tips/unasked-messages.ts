/** Messages nobody asked for: a person stops their own at once; what they wish for a group goes to the committee. */
import type { Chat } from '../../model/chat.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { openTaskOnce } from '../../store/asked-task-table.ts';
import { setUnaskedStopped } from '../../store/chat-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type TipContent, wordsOf } from './tips-parts.ts';
import { say } from './tips-texts.ts';

export async function stopMessages(turn: Turn, content: TipContent): Promise<Outcome> {
  if (!turn.addressed) return { messages: [] };
  if (turn.chat.kind === 'direct') {
    await stopOnce(turn.tx, turn.chat, turn.now);
    return { messages: [{ to: 'here', said: say('messages.stopped') }] };
  }
  await setOwnChat(turn, turn.now);
  await tellCommittee(turn, content, 'stop');
  return { messages: [{ to: 'here', said: say('messages.stopped-group-wish') }] };
}

export async function resumeMessages(turn: Turn, content: TipContent): Promise<Outcome> {
  if (!turn.addressed) return { messages: [] };
  if (turn.chat.kind === 'direct') {
    await setUnaskedStopped(turn.tx, turn.chat.id, null);
    return { messages: [{ to: 'here', said: say('messages.resumed') }] };
  }
  await setOwnChat(turn, null);
  // Where the group still gets its tips there is nothing to wish for.
  if (turn.chat.unaskedStoppedAt === null) return { messages: [{ to: 'here', said: say('messages.resumed') }] };
  await tellCommittee(turn, content, 'resume');
  return { messages: [{ to: 'here', said: say('messages.resumed-group-wish') }] };
}

/** One neighbour does not decide for all, but for their own chat they do. */
async function setOwnChat({ tx, person }: Turn, stoppedAt: Date | null): Promise<void> {
  const own = await findPrivateChat(tx, person.id);
  if (own === null) return;
  if (stoppedAt === null) await setUnaskedStopped(tx, own.id, null);
  else await stopOnce(tx, own, stoppedAt);
}

/** Said again it keeps its first moment: what came after that stays out of sight. */
async function stopOnce(tx: Transaction, chat: Chat, at: Date): Promise<void> {
  if (chat.unaskedStoppedAt === null) await setUnaskedStopped(tx, chat.id, at);
}

/** One open task per group and wish, however many neighbours ask. */
async function tellCommittee(
  { tx, now, community, chat, person }: Turn,
  content: TipContent,
  wish: 'stop' | 'resume',
): Promise<void> {
  const group = chat.title ?? '';
  const text = wish === 'stop' ? say('messages.stop-task', { group }) : say('messages.resume-task', { group });
  await openTaskOnce(tx, {
    communityId: community.id,
    kind: 'question',
    subjectId: `${wish}:${chat.id}`,
    personId: person.id,
    chatId: chat.id,
    text: wordsOf(content, community, text),
    now,
  });
}
