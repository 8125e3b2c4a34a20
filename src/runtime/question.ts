/** Opens a question, so that the next word of this person in this chat is read as its answer. */
import { type ConversationKey, saveConversation } from '../store/conversation-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Ask } from './feature.ts';

const A_DAY_MS = 24 * 60 * 60 * 1000;

export async function openQuestion(
  tx: Transaction,
  feature: string,
  key: ConversationKey,
  ask: Ask,
  now: Date,
): Promise<void> {
  await saveConversation(tx, key, {
    feature,
    step: ask.step,
    version: ask.version,
    question: ask.question,
    answers: ask.answers,
    expiresAt: new Date(now.getTime() + (ask.openForMs ?? A_DAY_MS)),
  });
}
