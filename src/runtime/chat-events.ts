/** What happens to a chat rather than being said in it: opened, added, removed, moved. */
import type { Chat } from '../model/chat.ts';
import type { ChatEvent, Inbound } from '../model/inbound.ts';
import { findChat, updateChat } from '../store/chat-table.ts';
import type { Transaction } from '../store/store.ts';
import { findOpenTask, insertTask, settleTask } from '../store/task-table.ts';

/**
 * Some events are words in other clothes: whoever opens the chat by a link says the code in it, and whoever just
 * opens it wants to know what the bot is for. `null`: it is for `noteChatEvent`.
 */
export function saidBy(event: ChatEvent): Inbound | null {
  const { channel, account, chat, sender, code, at } = event;
  if (sender === undefined || (event.event !== 'opened' && event.event !== 'added')) return null;
  const said = { channel, account, chat, sender, at, messageId: event.eventId, mentioned: true };
  if (code !== undefined) return { ...said, text: code };
  return event.event === 'opened' ? { ...said, text: '', understood: { intent: 'help', slots: {} } } : null;
}

/** Has its effect once, however often the platform tells it. */
export async function noteChatEvent(tx: Transaction, event: ChatEvent, now: Date): Promise<void> {
  const { channel, account, chat } = event;
  const known = await findChat(tx, { channel, account, address: chat.address });
  if (known === null) return;
  if (event.event === 'moved' && event.movedTo !== undefined) return moveChat(tx, known, event.movedTo);
  if (event.event === 'added') return welcomeBack(tx, known, now);
  if (event.event !== 'removed' || known.state === 'gone') return;
  await updateChat(tx, known.id, { state: 'gone' });
  // A person who blocks the bot in private has their reasons; a group that is lost is the committee's matter.
  if (known.kind === 'group') {
    const { communityId, id: chatId } = known;
    await insertTask(tx, { communityId, kind: 'group-gone', subjectId: chatId, chatId, text: '', now });
  }
}

/** Whoever is heard in a chat that was given up is there again: not every platform says so by an event. */
export async function welcomeBack(tx: Transaction, chat: Chat, now: Date): Promise<void> {
  if (chat.state !== 'gone') return;
  await updateChat(tx, chat.id, { state: 'active' });
  const task = await findOpenTask(tx, chat.communityId, 'group-gone', chat.id);
  if (task !== null) await settleTask(tx, task, { answer: null, by: null, now });
}

/** The chat keeps everything under its new address; a chat that has come into being there meanwhile gives way. */
export async function moveChat(
  tx: Transaction,
  chat: { readonly id: string; readonly channel: ChatEvent['channel']; readonly account: string },
  address: string,
): Promise<void> {
  const { channel, account } = chat;
  const there = await findChat(tx, { channel, account, address });
  if (there?.id === chat.id) return;
  if (there !== null) await updateChat(tx, there.id, { address: `${address}|before:${there.id}`, state: 'gone' });
  await updateChat(tx, chat.id, { address, state: 'active' });
}
