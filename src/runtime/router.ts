/** Decides which feature a message is for. */

import type { IntentName, QuestionKind } from '../model/understanding.ts';
import type { StoredConversation } from '../store/conversation-table.ts';
import type { Feature } from './feature.ts';

export interface Router {
  /** The feature that acts; `null` where nobody does. */
  featureFor(intent: IntentName, conversation: StoredConversation | null): Feature | null;
  /** The feature whose open question the person may have tried to answer. */
  asker(conversation: StoredConversation | null): Feature | null;
  /** The one that says back what a model made of a message. */
  readonly offerer: Feature | null;
  readonly features: readonly Feature[];
}

/** Throws when two features claim the same intent: that is a mistake of the one who joined them. */
export function createRouter(features: readonly Feature[]): Router {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const byIntent = new Map<IntentName, Feature>();
  for (const feature of features) {
    for (const intent of feature.intents) {
      const other = byIntent.get(intent);
      if (other !== undefined) throw new Error(`both ${other.name} and ${feature.name} claim ${intent}`);
      byIntent.set(intent, feature);
    }
  }
  return {
    features,
    offerer: features.find(({ offer }) => offer !== undefined) ?? null,
    asker: (conversation) => (conversation === null ? null : (byName.get(conversation.feature) ?? null)),
    featureFor: (intent, conversation) => {
      const asked =
        conversation !== null && answers(intent, conversation) ? byName.get(conversation.feature) : undefined;
      return asked ?? byIntent.get(intent) ?? null;
    },
  };
}

/** What only means something as an answer goes to the feature that asked, if it is the kind of answer that was asked for. */
const ANSWERS: Partial<Record<IntentName, readonly QuestionKind[]>> = {
  choice: ['choose-habits', 'choose-shift', 'confirm', 'consent', 'quiz'],
  // A no to what was to be told or chosen is an answer too.
  confirm: ['confirm', 'consent', 'give-household', 'choose-habits', 'choose-shift', 'give-name'],
  // A house number tells one's own door, or the spot that was asked for.
  'household.give': ['give-household', 'give-where'],
  'name.give': ['give-name'],
  'privacy.agree': ['consent'],
  'privacy.refuse': ['consent'],
  'quiz.answer': ['quiz'],
  'notice.acknowledge': ['notice'],
};

/** Whether this is the kind of answer that was asked for. */
export function answers(intent: IntentName, { question }: Pick<StoredConversation, 'question'>): boolean {
  return question !== null && (ANSWERS[intent]?.includes(question.kind) ?? false);
}
