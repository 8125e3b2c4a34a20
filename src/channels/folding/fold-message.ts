/** Folds a message down to plain text where the platform has no buttons and no links with a label. */
import type { Message } from '../../model/message.ts';
import type { FoldWords } from '../channel.ts';

/** What of a message the platform shows by itself and need not stand in the text. */
export interface ShownBeside {
  readonly choices?: boolean;
  readonly link?: boolean;
}

/** `**bold**` is left as it is: see `withoutMarks` and `boldSpans`. */
export function foldMessage(message: Message, words: FoldWords, beside: ShownBeside = {}): string {
  const lines = [message.text];
  if (beside.choices !== true) lines.push(...choiceLines(message, words));
  if (beside.link !== true && message.link !== undefined) lines.push(`${message.link.label}\n${message.link.url}`);
  return lines.join('\n');
}

function choiceLines({ choices = [] }: Message, words: FoldWords): string[] {
  const [only, another] = choices;
  if (only === undefined) return [];
  // A bare number says nothing by itself: what it stands for is shown, as in a longer list.
  if (another === undefined && !/^\d+$/.test(only.say)) return [words.answerByWord(only.say)];
  return [...choices.map(({ label }, index) => `${index + 1}. ${label}`), words.answerByNumber];
}
