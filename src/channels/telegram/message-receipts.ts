/** By which numbers a notice stands in a chat, and how it is taken back by them. */
import { type ApiAnswer, messageIdIn } from './api-answer.ts';
import type { BotApi } from './bot-api.ts';

// Half-sent notices that are tried again within minutes; of those that never are, the oldest are forgotten.
const UNFINISHED = 500;

/** Gathers the numbers of the parts of messages, over several tries. */
export class MessageReceipts {
  #unfinished = new Map<string, (number | null)[]>();

  note(key: string, part: number, answer: ApiAnswer): void {
    const numbers = this.#unfinished.get(key) ?? [];
    numbers[part] = answer.what === 'done' ? messageIdIn(answer.body) : null;
    this.#unfinished.set(key, numbers);
    for (const oldest of this.#unfinished.keys()) {
      if (this.#unfinished.size <= UNFINISHED) break;
      this.#unfinished.delete(oldest);
    }
  }

  /** `null` where one of its parts is not known: what is taken back is taken back whole. */
  take(key: string, chat: string, parts: number): string | null {
    const numbers = this.#unfinished.get(key) ?? [];
    this.#unfinished.delete(key);
    const known = Array.from({ length: parts }, (_, part) => numbers[part] ?? null);
    return known.includes(null) ? null : `${chat}/${known.join(',')}`;
  }
}

/**
 * True where none of it stands there any more. The last part goes first: half a notice begins as the whole one did.
 * What stands in a group that has become another one since has no such number there, and is not gone for that.
 */
export async function recallAll(api: BotApi, chat: string, receipt: string): Promise<boolean> {
  const [sentTo, numbers = ''] = receipt.split('/');
  if (sentTo !== chat) return false;
  let isGone = true;
  for (const message_id of numbers.split(',').map(Number).toReversed()) {
    const answer = await api.call({ method: 'deleteMessage', payload: { chat_id: chat, message_id } });
    isGone = (answer.what === 'done' || isNotThere(answer)) && isGone;
  }
  return isGone;
}

/** Somebody was faster. Wording: https://github.com/tdlib/telegram-bot-api, Client.cpp. */
function isNotThere(answer: ApiAnswer): boolean {
  return answer.what === 'refused' && /message to delete not found/i.test(answer.description);
}
