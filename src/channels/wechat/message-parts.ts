/** One message as the pieces WeChat is sent: texts that are short enough, then the picture or file. */
import { splitText } from '../../lib/split-text.ts';
import { graphemeLength } from '../../lib/text.ts';
import type { Message } from '../../model/message.ts';
import type { FoldWords } from '../channel.ts';
import { withoutMarks } from '../folding/bold-text.ts';
import { foldMessage } from '../folding/fold-message.ts';

// WeChat publishes no limit. On a phone a longer text is folded away behind a link, which few people open.
export const LONGEST_TEXT = 1_000;

export type MessagePart =
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'file'; readonly id: string; readonly name: string };

export function messageParts(message: Message, words: FoldWords): MessagePart[] {
  const text = withoutMarks(foldMessage(message, words));
  const texts = splitText(text, (part) => graphemeLength(part) <= LONGEST_TEXT).filter((part) => part !== '');
  const parts = texts.map((part): MessagePart => ({ what: 'text', text: part }));
  const { attachment } = message;
  return attachment === undefined ? parts : [...parts, { what: 'file', id: attachment.id, name: attachment.name }];
}
