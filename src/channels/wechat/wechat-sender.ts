/** Sends one message of the account after the other, within its limits, and stops at the first sign of a restriction. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import type { AddressBook } from './bound-address.ts';
import type { GatewayClient } from './gateway-client.ts';
import { messageParts } from './message-parts.ts';
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
    const pieces = await loadPieces(parts, delivery);
    if (pieces === null) return { fate: 'not-sent', code: 'file-gone', final: true };
    for (const [index, piece] of pieces.entries()) {
      if (index < (shown.get(delivery.key) ?? 0)) continue;
      if (index > 0) await pause(between(parts.partGapMs, parts.random()), undefined, { ref: false });
      const outcome = await sendPiece(parts, { ...delivery, piece, goesOn: index > 0 });
      if (outcome.fate !== 'sent') return index === 0 ? outcome : afterSome(outcome);
      remember(shown, delivery.key, index + 1);
    }
    return { fate: 'sent' };
  }

  return (delivery) => {
    const outcome = last.then(() => deliver(delivery)).catch(() => failed(parts, 'a message could not be made ready'));
    last = outcome;
    return outcome;
  };
}

type Piece =
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'file'; readonly name: string; readonly bytes: Uint8Array };

/** The file is fetched before the first word goes out; `null`: there is none any more. */
async function loadPieces({ words, readFile }: SenderParts, { message }: Delivery): Promise<Piece[] | null> {
  const pieces: Piece[] = [];
  for (const part of messageParts(message, words)) {
    if (part.what === 'text') {
      pieces.push(part);
      continue;
    }
    const bytes = await readFile(part.id);
    if (bytes === null) return null;
    pieces.push({ what: 'file', name: part.name, bytes });
  }
  return pieces;
}

/** Half of it stands there: a refusal is the end, a wait is not. */
function afterSome(outcome: Exclude<DeliveryOutcome, { fate: 'sent' }>): DeliveryOutcome {
  if (outcome.fate === 'unknown' || outcome.untried === true) return outcome;
  return { ...outcome, final: true };
}

function between([least, most]: readonly [number, number], random: number): number {
  return least + (most - least) * random;
}

interface Sending extends Pick<Delivery, 'chat' | 'kind'> {
  readonly piece: Piece;
  /** Part of a message that has begun. */
  readonly goesOn: boolean;
}

async function sendPiece(parts: SenderParts, sending: Sending): Promise<DeliveryOutcome> {
  const { chat, piece } = sending;
  const line = parts.line();
  const refusal = refusalBefore(parts, sending);
  if (refusal !== null) return refusal;
  if (line === null) return OFFLINE;
  const to = line.addresses.idOf(chat.address);
  if (to === null) return { fate: 'not-sent', code: 'gone', gone: true };
  try {
    await parts.ledger.noteSend(chat.address, parts.now());
  } catch {
    return failed(parts, 'what is sent could not be written down');
  }
  try {
    await within(parts.sendWithinMs, call(parts.sdk, line.client, to, piece));
    return { fate: 'sent' };
  } catch (error) {
    return afterError(parts, outcomeOf(error, piece.what === 'text' ? piece.text : ''));
  }
}

/** The SDK cannot pack a small file that was made from a buffer. */
function call({ FileBox }: PuppetSdk, client: GatewayClient, to: string, piece: Piece): Promise<unknown> {
  if (piece.what === 'text') return client.messageSendText(to, piece.text);
  return client.messageSendFile(to, FileBox.fromBase64(Buffer.from(piece.bytes).toString('base64'), piece.name));
}

const OFFLINE = { fate: 'not-sent', code: 'offline', untried: true } as const;

function refusalBefore({ ledger, now }: SenderParts, { chat, kind, goesOn }: Sending): DeliveryOutcome | null {
  if (ledger.restrictedSince() !== null) return restricted();
  const wish = { chat: chat.address, isGroup: chat.kind === 'group', kind, goesOn };
  const limit = ledger.tooMuch(wish, now());
  return limit === null ? null : { fate: 'not-sent', code: 'rate-limited', untried: true, ...limit };
}

/** Something of ours failed before anything was sent. */
function failed({ log }: SenderParts, what: string): DeliveryOutcome {
  log.error({ channel: 'wechat', code: 'server-error' }, what);
  return { fate: 'not-sent', code: 'server-error', untried: true };
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
