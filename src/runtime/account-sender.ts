/**
 * Delivers over one account: in order within a chat, side by side between chats,
 * the most urgent kind first, and never faster than the platform allows.
 */
import type { Channel, DeliveryOutcome } from '../channels/channel.ts';
import { OUTGOING_KINDS } from '../model/outgoing.ts';
import type { Departing } from './outgoing-writer.ts';
import { PaceMaker } from './pace.ts';

export interface AccountSenderParts {
  readonly channel: Channel;
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number;
  readonly onOutcome: (departing: Departing, outcome: DeliveryOutcome) => void;
}

interface Lane {
  readonly waiting: Departing[];
  readonly gate: PaceMaker | null;
  /** In flight, listed as ready, or waiting for its gate. */
  engaged: boolean;
}

// More sockets than this bring nothing: a round trip of 25 ms then allows 5,000 deliveries a second.
const IN_FLIGHT = 128;

export class AccountSender {
  #parts: AccountSenderParts;
  #lanes = new Map<string, Lane>();
  #ready: Lane[][] = OUTGOING_KINDS.map(() => []);
  #gate: PaceMaker | null;
  #inFlight = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #whenIdle: (() => void)[] = [];

  constructor(parts: AccountSenderParts) {
    this.#parts = parts;
    const { perSecond } = parts.channel.can.pace;
    this.#gate = perSecond === undefined ? null : new PaceMaker(perSecond);
  }

  get waiting(): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += lane.waiting.length;
    return sum;
  }

  send(departing: Departing): void {
    const lane = this.#laneOf(departing.chat.id);
    insertInOrder(lane.waiting, departing);
    if (!lane.engaged) this.#engage(lane);
    this.#pump();
  }

  /** Takes back what has not been handed to the platform; used when a chat is to wait, and at the end. */
  takeBack(chatId?: string): Departing[] {
    const lanes = chatId === undefined ? [...this.#lanes.values()] : [this.#laneOf(chatId)];
    return lanes.flatMap((lane) => lane.waiting.splice(0));
  }

  pauseAccount(ms: number): void {
    this.#gate ??= new PaceMaker(Number.POSITIVE_INFINITY);
    this.#gate.pauseUntil(this.#parts.steadyNow() + ms);
  }

  /** Resolves when nothing is in flight any more; what waits stays where it is. */
  stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    return this.#inFlight === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #pump(): void {
    while (!this.#stopped && this.#timer === null && this.#inFlight < IN_FLIGHT) {
      const lane = this.#nextLane();
      if (lane === undefined) return;
      const wait = this.#gate?.take(this.#parts.steadyNow()) ?? 0;
      if (wait > 0) {
        this.#engage(lane, 'first');
        this.#timer = setTimeout(() => this.#resume(), Math.ceil(wait));
        return;
      }
      void this.#deliver(lane);
    }
  }

  #resume(): void {
    this.#timer = null;
    this.#pump();
  }

  /** The lane whose next message is the most urgent; a chat whose own gate is closed waits aside. */
  #nextLane(): Lane | undefined {
    for (const lanes of this.#ready) {
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
        if (lane.waiting.length === 0) {
          lane.engaged = false;
          continue;
        }
        const wait = lane.gate?.take(this.#parts.steadyNow()) ?? 0;
        if (wait === 0) return lane;
        this.#waitAside(lane, wait);
      }
    }
    return undefined;
  }

  #waitAside(lane: Lane, ms: number): void {
    setTimeout(() => {
      this.#engage(lane);
      this.#pump();
    }, Math.ceil(ms)).unref();
  }

  async #deliver(lane: Lane): Promise<void> {
    const departing = lane.waiting.shift();
    if (departing === undefined) return;
    this.#inFlight += 1;
    const { message, chat } = departing;
    const outcome = await this.#parts.channel.deliver({
      key: message.id,
      account: chat.account,
      chat: { address: chat.address, kind: chat.kind },
      kind: message.kind,
      message: message.message,
    });
    this.#inFlight -= 1;
    this.#parts.onOutcome(departing, outcome);
    if (lane.waiting.length > 0) this.#engage(lane);
    else this.#leave(chat.id, lane);
    if (this.#inFlight === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#pump();
  }

  #engage(lane: Lane, place: 'first' | 'last' = 'last'): void {
    const [next] = lane.waiting;
    if (next === undefined) {
      lane.engaged = false;
      return;
    }
    lane.engaged = true;
    const ready = this.#ready[OUTGOING_KINDS.indexOf(next.message.kind)];
    if (place === 'first') ready?.unshift(lane);
    else ready?.push(lane);
  }

  #leave(chatId: string, lane: Lane): void {
    lane.engaged = false;
    // A chat with a gate of its own stays known, or it would forget how fast it was served.
    if (lane.gate === null) this.#lanes.delete(chatId);
  }

  #laneOf(chatId: string): Lane {
    const known = this.#lanes.get(chatId);
    if (known !== undefined) return known;
    const { perChatPerMinute } = this.#parts.channel.can.pace;
    const gate = perChatPerMinute === undefined ? null : new PaceMaker(perChatPerMinute / 60);
    const lane: Lane = { waiting: [], gate, engaged: false };
    this.#lanes.set(chatId, lane);
    return lane;
  }
}

/** By urgency, then by age. */
function insertInOrder(waiting: Departing[], departing: Departing): void {
  let place = waiting.length;
  while (place > 0 && isBefore(departing, waiting[place - 1])) place -= 1;
  waiting.splice(place, 0, departing);
}

function isBefore(one: Departing, other: Departing | undefined): boolean {
  if (other === undefined) return false;
  const difference = OUTGOING_KINDS.indexOf(one.message.kind) - OUTGOING_KINDS.indexOf(other.message.kind);
  return difference === 0 ? one.message.id < other.message.id : difference < 0;
}
