/** Decides which feature a message is for. */

import type { IntentName } from '../model/understanding.ts';
import type { StoredConversation } from '../store/conversation-table.ts';
import type { Feature } from './feature.ts';

export interface Router {
  /** The feature that acts; `null` where nobody does. */
  featureFor(intent: IntentName, conversation: StoredConversation | null): Feature | null;
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
    featureFor: (intent, conversation) => {
      const asked = conversation === null ? undefined : byName.get(conversation.feature);
      if (asked !== undefined && ANSWERS.has(intent)) return asked;
      return byIntent.get(intent) ?? null;
    },
  };
}

/** What only means something as the answer to a question goes to the feature that asked it. */
const ANSWERS: ReadonlySet<IntentName> = new Set<IntentName>([
  'choice',
  'confirm',
  'household.give',
  'name.give',
  'privacy.agree',
  'privacy.refuse',
  'quiz.answer',
  'notice.acknowledge',
]);
