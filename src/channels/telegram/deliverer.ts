/** Puts a message into a chat, part by part, and tells what became of it. */
import type { Attachment } from '../../model/message.ts';
import type { ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiCall, BotApi } from './bot-api.ts';
import { FloodWatch } from './flood-watch.ts';
import { asDocument, callsFor } from './message-calls.ts';
import { MessageReceipts, recallAll } from './message-receipts.ts';
import { outcomeOf } from './outcome.ts';

// Of this many messages, or twice as many, it is known how much of them stands in the chat.
const REMEMBERED = 2_000;
const NOT_A_CHAT: DeliveryOutcome = { fate: 'not-sent', code: 'invalid', final: true };
const FILE_GONE: DeliveryOutcome = { fate: 'not-sent', code: 'file-gone', final: true };
const FILE_UNREADABLE: DeliveryOutcome = { fate: 'not-sent', code: 'file-gone' };
const SENT = { fate: 'sent' } as const;

export class Deliverer {
  #api: BotApi;
  #parts: Pick<ChannelParts, 'readFile' | 'words'>;
  #flood = new FloodWatch();
  /** Parts shown already, by key: of the newest messages, and of those before them. */
  #shown = new Map<string, number>();
  #shownBefore = new Map<string, number>();
  #receipts = new MessageReceipts();

  constructor(api: BotApi, parts: Pick<ChannelParts, 'readFile' | 'words'>) {
    this.#api = api;
    this.#parts = parts;
  }

  async deliver({ key, chat, kind, message }: Delivery): Promise<DeliveryOutcome> {
    if (!/^-?\d+$/.test(chat.address)) return NOT_A_CHAT;
    const { attachment } = message;
    const bytes = attachment === undefined ? undefined : await this.#read(attachment);
    if (bytes === null) return FILE_GONE;
    if (bytes === 'unreadable') return FILE_UNREADABLE;
    const { words } = this.#parts;
    const to = { chat: chat.address, key, message, words, ...(bytes === undefined ? {} : { bytes }) };
    const calls = callsFor(to);
    if (calls.length === 0) return NOT_A_CHAT;
    return this.#sendAll(key, chat.address, calls, kind === 'notice');
  }

  async #sendAll(
    key: string,
    chat: string,
    calls: readonly ApiCall[],
    wantsReceipt: boolean,
  ): Promise<DeliveryOutcome> {
    const before = this.#shown.get(key) ?? this.#shownBefore.get(key) ?? 0;
    for (let at = before; at < calls.length; at += 1) {
      const call = calls[at];
      if (call === undefined) break;
      const answer = await this.#send(call);
      const outcome = outcomeOf(answer);
      if (outcome.fate !== 'sent') return this.#refused(chat, outcome);
      this.#flood.served();
      this.#remember(key, at + 1);
      if (wantsReceipt) this.#receipts.note(key, at, answer);
    }
    const receipt = wantsReceipt ? this.#receipts.take(key, chat, calls.length) : null;
    return receipt === null ? SENT : { ...SENT, receipt };
  }

  /** True where none of it stands there any more. */
  recall(chat: string, receipt: string): Promise<boolean> {
    return recallAll(this.#api, chat, receipt);
  }

  async #send(call: ApiCall): Promise<ApiAnswer> {
    const answer = await this.#api.call(call);
    const document = isUnreadablePicture(answer) ? asDocument(call) : null;
    return document === null ? answer : this.#api.call(document);
  }

  #refused(chat: string, outcome: DeliveryOutcome): DeliveryOutcome {
    if (outcome.fate !== 'not-sent' || outcome.code !== 'rate-limited') return outcome;
    return this.#flood.refused(chat) ? { ...outcome, wholeAccount: true } : outcome;
  }

  #remember(key: string, shown: number): void {
    if (this.#shown.size >= REMEMBERED) {
      this.#shownBefore = this.#shown;
      this.#shown = new Map();
    }
    this.#shown.set(key, shown);
  }

  async #read({ id }: Attachment): Promise<Uint8Array | null | 'unreadable'> {
    try {
      return await this.#parts.readFile(id);
    } catch {
      return 'unreadable';
    }
  }
}

function isUnreadablePicture(answer: ApiAnswer): boolean {
  return answer.what === 'refused' && /IMAGE_PROCESS_FAILED|PHOTO_(?:INVALID|EXT_INVALID)/.test(answer.description);
}
