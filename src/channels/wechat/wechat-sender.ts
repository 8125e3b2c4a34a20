/** Sends one message of the account after the other, within its limits, and stops at the first sign of a restriction. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
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

export interface WechatSender {
  readonly deliver: (delivery: Delivery) => Promise<DeliveryOutcome>;
  /** True where none of it stands there any more. */
  readonly recall: (receipt: string) => Promise<boolean>;
}

interface Shown {
  readonly parts: number;
  /** By which each of them is taken back, as far as the gateway told. */
  readonly ids: readonly string[];
}

// A person looks at a restriction within hours; until then it is asked now and then whether they said go.
const ASK_AGAIN_MS = 5 * 60_000;
const REMEMBERED_KEYS = 500;

export function createSender(parts: SenderParts): WechatSender {
  // By key, what was shown of a message, so that a second try goes on where the first ended.
  const shown = new Map<string, Shown>();
  let last: Promise<unknown> = Promise.resolve();

  async function deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const pieces = await loadPieces(parts, delivery);
    if (pieces === null) return { fate: 'not-sent', code: 'file-gone', final: true };
    for (const [index, piece] of pieces.entries()) {
      const before = shown.get(delivery.key) ?? NOTHING;
      if (index < before.parts) continue;
      if (index > 0) await pause(between(parts.partGapMs, parts.random()), undefined, { ref: false });
      const { id, ...outcome } = await sendPiece(parts, { ...delivery, piece, goesOn: index > 0 });
      if (outcome.fate !== 'sent') return index === 0 ? outcome : afterSome(outcome);
      remember(shown, delivery.key, { parts: index + 1, ids: id === undefined ? before.ids : [...before.ids, id] });
    }
    return sent(delivery, shown.get(delivery.key) ?? NOTHING);
  }

  return {
    deliver: (delivery) => {
      const outcome = last
        .then(() => deliver(delivery))
        .catch(() => failed(parts, 'a message could not be made ready'));
      last = outcome;
      return outcome;
    },
    recall: (receipt) => recall(parts, receipt),
  };
}

const NOTHING: Shown = { parts: 0, ids: [] };

/** What is taken back is taken back whole. */
function sent({ kind }: Delivery, { parts, ids }: Shown): DeliveryOutcome {
  const isRecallable = kind === 'notice' && parts > 0 && ids.length === parts;
  return isRecallable ? { fate: 'sent', receipt: JSON.stringify(ids) } : { fate: 'sent' };
}

const Receipt = z.array(z.string());

/** Waits for nothing that is being sent: WeChat allows two minutes. The last part goes first. */
async function recall(parts: SenderParts, receipt: string): Promise<boolean> {
  const line = parts.line();
  if (line === null || parts.ledger.restrictedSince() !== null) return false;
  let isGone = true;
  for (const id of Receipt.parse(JSON.parse(receipt)).toReversed()) {
    try {
      isGone = (await within(parts.sendWithinMs, line.client.messageRecall(id))) && isGone;
    } catch (error) {
      await afterError(parts, outcomeOf(error, ''));
      return false;
    }
  }
  return isGone;
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

/** `id`: by which it is taken back, where the gateway told. */
async function sendPiece(parts: SenderParts, sending: Sending): Promise<DeliveryOutcome & { readonly id?: string }> {
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
    const id = await within(parts.sendWithinMs, call(parts.sdk, line.client, to, piece));
    return typeof id === 'string' && id !== '' ? { fate: 'sent', id } : { fate: 'sent' };
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

function remember(shown: Map<string, Shown>, key: string, now: Shown): void {
  shown.delete(key);
  shown.set(key, now);
  for (const oldest of shown.keys()) {
    if (shown.size <= REMEMBERED_KEYS) break;
    shown.delete(oldest);
  }
}
