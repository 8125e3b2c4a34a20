/** How an answer to an open question argues for itself: it weighs more than anything but another clear request. */
import type { QuestionKind, Slots } from '../../model/understanding.ts';
import { type IntentReader, reasons } from '../evidence.ts';
import type { Reading } from '../reading.ts';

const ANSWER_WEIGHT = 6;

/** One way to answer some kinds of questions; `answer` gives the slots, or nothing where the message is no answer. */
export function answerTo(
  kinds: readonly QuestionKind[],
  intent: IntentReader['intent'],
  answer: (reading: Reading) => Slots | undefined,
): IntentReader {
  const isOpen = ({ open }: Reading): boolean => open !== null && kinds.includes(open.kind);
  return {
    intent,
    weigh: (reading) =>
      isOpen(reading) ? reasons([answer(reading) !== undefined, ANSWER_WEIGHT, 'answers the open question']) : [],
    slots: (reading) => answer(reading) ?? {},
    overheard: isOpen,
  };
}
