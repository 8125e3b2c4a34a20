/** Opens a question, so that the next word of this person in this chat is read as its answer. */
import { type ConversationKey, dropOtherQuestions, saveConversation } from '../store/conversation-table.ts';
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

/** To somebody who is not speaking just now: in their private chat it takes the place of whatever was open there. */
export async function askElsewhere(
  tx: Transaction,
  feature: string,
  key: ConversationKey,
  ask: Ask,
  now: Date,
): Promise<void> {
  await dropOtherQuestions(tx, key);
  await openQuestion(tx, feature, key, ask, now);
}
