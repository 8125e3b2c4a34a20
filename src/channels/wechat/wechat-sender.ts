/** Sends one message of the account after the other, within its limits, and stops at the first sign of a restriction. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import type { AddressBook } from './bound-address.ts';
import type { GatewayClient } from './gateway-client.ts';
import { type MessagePart, messageParts } from './message-parts.ts';
import type { PuppetSdk } from './puppet-sdk.ts';
import type { SendLedger } from './send-ledger.ts';
import { outcomeOf } from './send-outcome.ts';
import { within } from './within.ts';

export interface SenderParts extends Pick<ChannelParts, 'now' | 'random' | 'words' | 'readFile' | 'log'> {
  readonly sdk: PuppetSdk;
  readonly ledger: SendLedger;
  readonly sendWithinMs: number;
  readonly partGapMs: readonly [least: number, most: number];
  /** `null` while nothing can be sent. */
  readonly line: () => { readonly client: GatewayClient; readonly addresses: AddressBook } | null;
  /** WeChat has shown that it minds. */
  readonly onRestriction: () => Promise<void>;
}

export type Deliver = (delivery: Delivery) => Promise<DeliveryOutcome>;

// A person looks at a restriction within hours; until then it is asked now and then whether they said go.
const ASK_AGAIN_MS = 5 * 60_000;
const REMEMBERED_KEYS = 500;

export function createSender(parts: SenderParts): Deliver {
  // By key, how many parts of a message were shown, so that a second try goes on where the first ended.
  const shown = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  async function deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const pieces = messageParts(delivery.message, parts.words);
    for (const [index, piece] of pieces.entries()) {
      if (index < (shown.get(delivery.key) ?? 0)) continue;
      if (index > 0) await pause(between(parts.partGapMs, parts.random()), undefined, { ref: false });
      const outcome = await sendPiece(parts, delivery, piece, index > 0);
      if (outcome.fate !== 'sent') return index === 0 ? outcome : afterSome(outcome);
      remember(shown, delivery.key, index + 1);
    }
    return { fate: 'sent' };
  }

  return (delivery) => {
    const outcome = last.then(() => deliver(delivery));
    last = outcome;
    return outcome;
  };
}

/** Half of it stands there: a refusal is the end, a wait is not. */
function afterSome(outcome: Exclude<DeliveryOutcome, { fate: 'sent' }>): DeliveryOutcome {
  if (outcome.fate === 'unknown' || outcome.untried === true) return outcome;
  return { ...outcome, final: true };
}

function between([least, most]: readonly [number, number], random: number): number {
  return least + (most - least) * random;
}

async function sendPiece(
  parts: SenderParts,
  delivery: Delivery,
  piece: MessagePart,
  goesOn: boolean,
): Promise<DeliveryOutcome> {
  const { ledger, sdk, sendWithinMs } = parts;
  const refusal = refusalBefore(parts, delivery, goesOn);
  if (refusal !== null) return refusal;
  const bytes = piece.what === 'file' ? await parts.readFile(piece.id) : null;
  if (piece.what === 'file' && bytes === null) return { fate: 'not-sent', code: 'file-gone', final: true };
  const line = parts.line();
  const to = line?.addresses.idOf(delivery.chat.address) ?? null;
  if (line === null) return OFFLINE;
  if (to === null) return { fate: 'not-sent', code: 'gone', gone: true };
  try {
    await ledger.noteSend(delivery.chat.address, parts.now());
  } catch {
    parts.log.error({ channel: 'wechat', code: 'server-error' }, 'what is sent could not be written down');
    return { fate: 'not-sent', code: 'server-error', untried: true };
  }
  const { client } = line;
  const text = piece.what === 'text' ? piece.text : '';
  try {
    // The SDK cannot pack a small file that was made from a buffer.
    const call =
      piece.what === 'text'
        ? client.messageSendText(to, text)
        : client.messageSendFile(to, sdk.FileBox.fromBase64(Buffer.from(bytes ?? []).toString('base64'), piece.name));
    await within(sendWithinMs, call);
    return { fate: 'sent' };
  } catch (error) {
    return afterError(parts, outcomeOf(error, text));
  }
}

const OFFLINE = { fate: 'not-sent', code: 'offline', untried: true } as const;

function refusalBefore(
  { ledger, line, now }: SenderParts,
  { chat, kind }: Delivery,
  goesOn: boolean,
): DeliveryOutcome | null {
  if (ledger.restrictedSince() !== null) return restricted();
  if (line() === null) return OFFLINE;
  const wish = { chat: chat.address, isGroup: chat.kind === 'group', kind, goesOn };
  const limit = ledger.tooMuch(wish, now());
  return limit === null ? null : { fate: 'not-sent', code: 'rate-limited', untried: true, ...limit };
}

async function afterError(parts: SenderParts, outcome: DeliveryOutcome): Promise<DeliveryOutcome> {
  if (outcome.fate !== 'not-sent' || outcome.code !== 'restricted') return outcome;
  await parts.onRestriction();
  return restricted();
}

function restricted(): DeliveryOutcome {
  return { fate: 'not-sent', code: 'restricted', untried: true, wholeAccount: true, retryAfterMs: ASK_AGAIN_MS };
}

function remember(shown: Map<string, number>, key: string, count: number): void {
  shown.delete(key);
  shown.set(key, count);
  for (const oldest of shown.keys()) {
    if (shown.size <= REMEMBERED_KEYS) break;
    shown.delete(oldest);
  }
}
