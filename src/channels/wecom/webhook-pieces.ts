/** Folds a message down to what a webhook robot can say (document 91770). Nobody can answer it, so it offers no choices. */
import { createHash } from 'node:crypto';
import { splitText } from '../../lib/split-text.ts';
import type { Attachment, Message } from '../../model/message.ts';
import { boldSpans, withoutMarks } from '../folding/bold-text.ts';
import { byteLength, markdownLink, markdownParts } from './markdown.ts';

export type WebhookPiece =
  /** `instead`: what is posted where the robot does not know this kind. */
  | { readonly is: 'post'; readonly body: object; readonly instead: readonly object[] }
  | { readonly is: 'file'; readonly name: string; readonly bytes: Uint8Array };

// 2,048 and 4,096 bytes (document 91770).
const TEXT_BYTES = 2_000;
const MARKDOWN_BYTES = 3_600;
const MARKDOWN_WITH_LINK_BYTES = 4_096;
const IMAGE_BYTES = 2 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
export const FILE_BYTES = 20 * MEGABYTE;
export const LEAST_FILE_BYTES = 6;

/** `everybody` in the text calls everybody; only plain text can. */
export function webhookPieces(message: Message, everybody: string, bytes: Uint8Array | null): WebhookPiece[] {
  const callsAll = message.text.includes(everybody);
  const text = message.text.replaceAll(everybody, '').trim();
  const plain = plainBodies({ ...message, text }, callsAll);
  const isPlain = callsAll || (message.link === undefined && boldSpans(text).bold.length === 0);
  const spoken: WebhookPiece[] = isPlain
    ? plain.map((body) => ({ is: 'post', body, instead: [] }))
    : styledPieces({ ...message, text }, plain);
  const { attachment } = message;
  return attachment === undefined || bytes === null ? spoken : [...spoken, mediaPiece(attachment, bytes)];
}

function plainBodies({ text, link }: Message, callsAll: boolean): object[] {
  const lines = [withoutMarks(text), ...(link === undefined ? [] : [link.label, link.url])];
  const parts = splitText(lines.join('\n').trim(), (part) => byteLength(part) <= TEXT_BYTES);
  return parts.filter(Boolean).map((content, index) => ({
    msgtype: 'text',
    text: { content, ...(callsAll && index === 0 ? { mentioned_list: ['@all'] } : {}) },
  }));
}

/** An older service knows no second Markdown, and the first one cannot show what people typed as they typed it. */
function styledPieces({ text, link }: Message, plain: readonly object[]): WebhookPiece[] {
  const parts = markdownParts(text, MARKDOWN_BYTES);
  const below = link === undefined ? '' : `\n\n${markdownLink(link)}`;
  const [only, another] = parts;
  // What is too long for one message would be said half in one way and half in the other.
  if (only === undefined || another !== undefined || byteLength(only + below) > MARKDOWN_WITH_LINK_BYTES) {
    return plain.map((body) => ({ is: 'post', body, instead: [] }));
  }
  const body = { msgtype: 'markdown_v2', markdown_v2: { content: only + below } };
  return [{ is: 'post', body, instead: plain }];
}

function mediaPiece({ kind, mediaType, name }: Attachment, bytes: Uint8Array): WebhookPiece {
  const isPicture = kind === 'image' && (mediaType === 'image/jpeg' || mediaType === 'image/png');
  if (!isPicture || bytes.length > IMAGE_BYTES) return { is: 'file', name, bytes };
  const base64 = Buffer.from(bytes).toString('base64');
  const md5 = createHash('md5').update(bytes).digest('hex');
  return { is: 'post', body: { msgtype: 'image', image: { base64, md5 } }, instead: [] };
}
