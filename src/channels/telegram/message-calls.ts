/** A message as the calls that put it into a chat, in order. */
import { splitText } from '../../lib/split-text.ts';
import type { Attachment, Message } from '../../model/message.ts';
import type { FoldWords } from '../channel.ts';
import { type BoldText, boldSpans } from '../folding/bold-text.ts';
import { foldMessage } from '../folding/fold-message.ts';
import type { ApiCall } from './bot-api.ts';
import { type Button, keyboardOf } from './keyboard.ts';

// https://core.telegram.org/bots/api#sendmessage, #sendphoto and #sending-files; texts are counted in UTF-16 units.
const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;
const LARGEST_PHOTO_BYTES = 10 * 1024 * 1024;
const LARGEST_FILE_BYTES = 50 * 1024 * 1024;
const PHOTO_TYPES = new Set(['image/jpeg', 'image/png', 'image/webp']);

export interface ToSend {
  readonly chat: string;
  readonly key: string;
  readonly message: Message;
  /** Absent where the message has no attachment. */
  readonly bytes?: Uint8Array;
  readonly words: FoldWords;
}

/** Empty where there is nothing to say. */
export function callsFor({ chat, key, message, bytes, words }: ToSend): ApiCall[] {
  const { rows, shows } = keyboardOf(message, key);
  const file = message.attachment !== undefined && bytes !== undefined ? fileCall(message.attachment, bytes) : null;
  const named = bytes !== undefined && file === null ? `\n\u{1f4ce} ${message.attachment?.name}` : '';
  const whole = boldSpans(`${foldMessage(message, words, shows)}${named}`.trim());
  const markup = markupOf(rows);
  if (file !== null && whole.text.length <= LONGEST_CAPTION) {
    const caption = whole.text === '' ? {} : { caption: whole.text, caption_entities: entitiesOf(whole) };
    return [{ ...file, payload: { chat_id: chat, ...file.payload, ...caption, ...markup } }];
  }
  const texts = splitBold(whole, LONGEST_TEXT);
  const calls = texts.map((part, index): ApiCall => {
    const isLast = index === texts.length - 1;
    const entities = part.bold.length === 0 ? {} : { entities: entitiesOf(part) };
    const payload = { chat_id: chat, text: part.text, ...entities, ...NO_PREVIEW, ...(isLast ? markup : {}) };
    return { method: 'sendMessage', payload };
  });
  // The picture first, so that the buttons stay at the bottom where the thumb is.
  return file === null ? calls : [{ ...file, payload: { chat_id: chat, ...file.payload } }, ...calls];
}

/** A picture Telegram cannot read as one is still a file. */
export function asDocument(call: ApiCall): ApiCall | null {
  if (call.method !== 'sendPhoto' || call.file === undefined) return null;
  const { photo: _, ...payload } = call.payload;
  return { method: 'sendDocument', payload, file: { ...call.file, field: 'document' } };
}

const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

/** `null` for what is too large to be sent at all. */
function fileCall({ kind, name, mediaType }: Attachment, bytes: Uint8Array): ApiCall | null {
  if (bytes.length > LARGEST_FILE_BYTES) return null;
  const isPhoto = kind === 'image' && PHOTO_TYPES.has(mediaType) && bytes.length <= LARGEST_PHOTO_BYTES;
  const file = { field: isPhoto ? 'photo' : 'document', name, mediaType, bytes };
  return { method: isPhoto ? 'sendPhoto' : 'sendDocument', payload: {}, file };
}

function markupOf(rows: readonly (readonly Button[])[]): object {
  return rows.length === 0 ? {} : { reply_markup: { inline_keyboard: rows } };
}

function entitiesOf({ bold }: BoldText): object[] {
  return bold.map(({ offset, length }) => ({ type: 'bold', offset, length }));
}

/** Cut where a reader would pause; what is bold stays bold on both sides of a cut. */
export function splitBold({ text, bold }: BoldText, longest: number): BoldText[] {
  if (text === '') return [];
  let position = 0;
  return splitText(text, (part) => part.length <= longest).map((part) => {
    const from = text.indexOf(part, position);
    const to = from + part.length;
    position = to;
    const spans = bold.flatMap(({ offset, length }) => {
      const start = Math.max(offset, from);
      const end = Math.min(offset + length, to);
      return start < end ? [{ offset: start - from, length: end - start }] : [];
    });
    return { text: part, bold: spans };
  });
}
