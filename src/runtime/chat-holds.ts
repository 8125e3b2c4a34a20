/** What waits in a chat because something before it did not arrive: its own kind and less urgent ones, never more urgent ones. */
import type { DeliveryOutcome } from '../channels/channel.ts';
import { OUTGOING_KINDS, type OutgoingKind } from '../model/outgoing.ts';
import type { Departing } from './outgoing-writer.ts';

/** A failure that is being written down. */
export interface Failing {
  readonly chatId: string;
  /** The place among the kinds from which on everything waits. */
  readonly from: number;
  readonly behind: Departing[];
}

interface Hold {
  readonly from: number;
  readonly until: Date;
}

export class ChatHolds {
  #failing = new Map<string, Failing[]>();
  /** Chats whose earlier message waits for another try. */
  #held = new Map<string, readonly Hold[]>();

  begin({ message, chat }: Departing, outcome: DeliveryOutcome): Failing {
    const from = isAboutTheChat(outcome) ? 0 : placeOf(message.kind);
    const failing = { chatId: chat.id, from, behind: [] };
    this.#failing.set(chat.id, [...(this.#failing.get(chat.id) ?? []), failing]);
    return failing;
  }

  /** `retryAt`: what failed is tried again then, and nothing of its kind in the chat before. */
  end(failing: Failing, retryAt: Date | null): void {
    const { chatId, from } = failing;
    const others = (this.#failing.get(chatId) ?? []).filter((one) => one !== failing);
    if (others.length === 0) this.#failing.delete(chatId);
    else this.#failing.set(chatId, others);
    if (retryAt === null) return;
    const kept = (this.#held.get(chatId) ?? []).filter((one) => one.from !== from);
    this.#held.set(chatId, [...kept, { from, until: retryAt }]);
  }

  /** True where it waits until an earlier failure has been written down. */
  waitsBehind(departing: Departing): boolean {
    const place = placeOf(departing.message.kind);
    const failing = this.#failing.get(departing.chat.id)?.find(({ from }) => from <= place);
    failing?.behind.push(departing);
    return failing !== undefined;
  }

  /** `null`: it may go. A moment that has passed still counts: what waited for it goes first. */
  heldUntil({ message, chat }: Departing): Date | null {
    const place = placeOf(message.kind);
    const holds = (this.#held.get(chat.id) ?? []).filter(({ from }) => from <= place);
    return holds.reduce<Date | null>((last, { until }) => (last === null || until > last ? until : last), null);
  }

  /** What this one waited for is due, and is taken before it. */
  letPass({ message, chat }: Departing, now: Date): void {
    const place = placeOf(message.kind);
    const left = (this.#held.get(chat.id) ?? []).filter(({ from, until }) => from > place || until > now);
    if (left.length === 0) this.#held.delete(chat.id);
    else this.#held.set(chat.id, left);
  }
}

/** Another message to it would fare no better: the platform wants nothing there just now, or it has another address. */
function isAboutTheChat(outcome: DeliveryOutcome): boolean {
  return outcome.fate === 'not-sent' && (outcome.code === 'rate-limited' || outcome.movedTo !== undefined);
}

function placeOf(kind: OutgoingKind): number {
  return OUTGOING_KINDS.indexOf(kind);
}
