/** A WeCom webhook robot: it stands in one group and can only speak there (document 91770). */
import { z } from 'zod';
import type { Capabilities, Channel, ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import { ConnectionState } from './connection-state.ts';
import { isKindUnknown, outcomeOf } from './outcome-rules.ts';
import { ShownMemory } from './shown-memory.ts';
import type { Answer } from './transport.ts';
import { FILE_BYTES, LEAST_FILE_BYTES, type WebhookPiece, webhookPieces } from './webhook-pieces.ts';
import { postFile, postMessage } from './webhook-post.ts';
import type { WecomWords } from './wecom-texts.ts';

export interface WebhookConfig {
  /** What a worker calls it. */
  readonly name: string;
  /** Holds the key, which is all it takes to speak there. */
  readonly url: string;
  readonly words: Pick<WecomWords, 'everybody'>;
  readonly timeoutMs: number;
}

// Longer than it takes to find out that the line never stood, which is 10 s.
export const WEBHOOK_TIMEOUT_MS = 15_000;

const CAPABILITIES: Capabilities = {
  longestText: 4_000,
  buttons: false,
  speaksFirst: false,
  // 20 a minute for each robot (document 91770).
  pace: { perGroup: [{ most: 18, withinMs: 60_000 }] },
};

const ACCOUNT = 'webhook:';

/** The account of the robot with this name. */
export function webhookAccount(name: string): string {
  return `${ACCOUNT}${name}`;
}

/** `null`: the account is not that of a webhook robot. */
export function webhookName(account: string): string | null {
  return account.startsWith(ACCOUNT) ? account.slice(ACCOUNT.length) : null;
}

export function createWebhookChannel(config: WebhookConfig, parts: ChannelParts): Channel {
  const state = new ConnectionState(parts.now);
  const shown = new ShownMemory();
  return {
    name: 'wecom',
    account: webhookAccount(config.name),
    can: CAPABILITIES,
    // Nothing is held open, so there is nothing that could be down.
    start: async () => state.set('online'),
    deliver: (delivery) => {
      if (state.status.state === 'online') return deliver(config, parts, shown, delivery);
      return Promise.resolve({ fate: 'not-sent', code: 'offline', untried: true });
    },
    status: () => state.status,
    stop: async () => state.set('offline'),
  };
}

const SENT: DeliveryOutcome = { fate: 'sent' };

async function deliver(
  config: WebhookConfig,
  parts: ChannelParts,
  shown: ShownMemory,
  { key, message }: Delivery,
): Promise<DeliveryOutcome> {
  const { attachment } = message;
  const bytes = attachment === undefined ? null : await parts.readFile(attachment.id).catch(() => undefined);
  // The records cannot be read just now.
  if (bytes === undefined) return { fate: 'not-sent', code: 'server-error' };
  if (attachment !== undefined && bytes === null) return { fate: 'not-sent', code: 'file-gone', final: true };
  if (bytes !== null && bytes.length > FILE_BYTES) return { fate: 'not-sent', code: 'too-large', final: true };
  if (bytes !== null && bytes.length < LEAST_FILE_BYTES) return { fate: 'not-sent', code: 'invalid', final: true };
  const pieces = webhookPieces(message, config.words.everybody, bytes);
  for (let place = shown.of(key); place < pieces.length; place += 1) {
    const piece = pieces[place];
    const outcome = piece === undefined ? SENT : await show(config, piece);
    if (outcome.fate !== 'sent') {
      parts.log.warn({ channel: 'wecom', code: outcome.code }, 'a webhook robot did not take a message');
      return outcome;
    }
    shown.note(key, place + 1);
  }
  return SENT;
}

async function show(config: WebhookConfig, piece: WebhookPiece): Promise<DeliveryOutcome> {
  if (piece.is === 'file') return showFile(config, piece.name, piece.bytes);
  const answer = await postMessage(config, piece.body);
  if (piece.instead.length === 0 || !isKindUnknown(answer)) return outcomeOf(answer);
  for (const body of piece.instead) {
    const outcome = outcomeOf(await postMessage(config, body));
    if (outcome.fate !== 'sent') return outcome;
  }
  return SENT;
}

const Uploaded = z.object({ media_id: z.string() });

async function showFile(config: WebhookConfig, name: string, bytes: Uint8Array): Promise<DeliveryOutcome> {
  const answer = await postFile(config, name, bytes);
  const uploaded = isYes(answer) ? Uploaded.safeParse(answer.body).data : undefined;
  if (uploaded !== undefined) {
    return outcomeOf(await postMessage(config, { msgtype: 'file', file: uploaded }));
  }
  const outcome = outcomeOf(answer);
  if (outcome.fate === 'not-sent') return outcome;
  // Nothing has been shown, whatever became of the upload.
  return { fate: 'not-sent', code: outcome.fate === 'unknown' ? outcome.code : 'server-error' };
}

function isYes(answer: Answer): answer is Extract<Answer, { is: 'answered' }> {
  return answer.is === 'answered' && answer.errcode === 0;
}
