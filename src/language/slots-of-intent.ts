/** What a message tells, once it is known from elsewhere what it means: the same readers as ever, without their doubts. */
import type { IntentName, Slots, Utterance } from '../model/understanding.ts';
import { INTENT_READERS } from './intents/intent-list.ts';
import { read } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

export function slotsOfIntent(intent: IntentName, utterance: Utterance, vocabulary: Vocabulary): Slots {
  // An intent that answers a question, too, has a reader for that in front of its own.
  const reader = INTENT_READERS.findLast((one) => one.intent === intent);
  return reader?.slots(read(utterance, vocabulary)) ?? {};
}
