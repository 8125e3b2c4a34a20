/**
 * Delivers over one account: in order within a chat, side by side between chats,
 * the most urgent kind first, and never faster than the platform allows.
 */
import type { Channel, Delivery, DeliveryOutcome } from '../channels/channel.ts';
import { OUTGOING_KINDS } from '../model/outgoing.ts';
import { insertInOrder, type Lane } from './lane.ts';
import type { Departing } from './outgoing-writer.ts';
import { PaceMaker } from './pace.ts';
import { SlidingGate } from './sliding-gate.ts';

export interface AccountSenderParts {
  readonly channel: Channel;
  /** Whether the account is surely this process's own. */
  readonly mayDeliver: () => boolean;
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** It is handed to the platform now. */
  readonly onDeparture: (departing: Departing) => void;
  readonly onOutcome: (departing: Departing, outcome: DeliveryOutcome) => void;
}

export interface Waiting {
  /** Messages that leave as soon as the account lets them. */
  readonly next: number;
  /** Chats that have used up what they are allowed: for them nothing more needs to be brought. */
  readonly aside: readonly string[];
}

// More sockets than this bring nothing: a round trip of 25 ms then allows 5,000 deliveries a second.
const IN_FLIGHT = 128;
// Chats with an allowance are remembered for as long as it counts; beyond this many the forgotten ones are cleared out.
const LANES_BEFORE_SWEEP = 1_000;
// Whoever has used up an hour or a day waits in the queue: in memory it would be in doubt after a crash.
const LONGEST_ASIDE_MS = 2 * 60_000;

export class AccountSender {
  #parts: AccountSenderParts;
  #lanes = new Map<string, Lane>();
  #ready: Lane[][] = OUTGOING_KINDS.map(() => []);
  #gate: PaceMaker | null;
  #atOnce: number;
  #inFlight = 0;
  #lanesBeforeSweep = LANES_BEFORE_SWEEP;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #whenIdle: (() => void)[] = [];

  constructor(parts: AccountSenderParts) {
    this.#parts = parts;
    const { perSecond, gapMs, atOnce } = parts.channel.can.pace;
    this.#gate = perSecond === undefined ? null : new PaceMaker(perSecond);
    // A gap is from the end of one to the start of the next: they cannot overlap.
    this.#atOnce = gapMs === undefined ? (atOnce ?? IN_FLIGHT) : 1;
  }

  get channel(): Channel {
    return this.#parts.channel;
  }

  get waiting(): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += lane.waiting.length;
    return sum;
  }

  get ahead(): Waiting {
    let next = 0;
    const aside: string[] = [];
    for (const [chatId, lane] of this.#lanes) {
      if (lane.isAside) aside.push(chatId);
      else next += lane.waiting.length;
    }
    return { next, aside };
  }

  send(departing: Departing): void {
    const lane = this.#laneOf(departing.chat);
    insertInOrder(lane.waiting, departing);
    const isMoreUrgent = lane.listed !== null && OUTGOING_KINDS.indexOf(departing.message.kind) < lane.listed;
    if (!lane.engaged || isMoreUrgent) this.#engage(lane);
    this.#pump();
  }

  /**
   * Takes back what has not been handed to the platform; used when a chat is to wait, and at the end. `from`: only
   * what is of the kind at this place, or less urgent.
   */
  takeBack(chatId?: string, from = 0): Departing[] {
    const lanes = chatId === undefined ? [...this.#lanes.values()] : [this.#lanes.get(chatId)];
    return lanes.flatMap((lane) => {
      // The most urgent stand in front.
      const first = lane?.waiting.findIndex(({ message }) => OUTGOING_KINDS.indexOf(message.kind) >= from) ?? -1;
      return first === -1 ? [] : (lane?.waiting.splice(first) ?? []);
    });
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
    while (!this.#stopped && this.#timer === null && this.#inFlight < this.#atOnce) {
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
    for (const [kind, lanes] of this.#ready.entries()) {
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
        if (lane.listed !== kind) continue;
        lane.listed = null;
        if (lane.waiting.length === 0) {
          lane.engaged = false;
          continue;
        }
        const wait = lane.gate?.wait(this.#parts.steadyNow()) ?? 0;
        if (wait === 0) return lane;
        if (wait > LONGEST_ASIDE_MS) this.#giveBack(lane, wait);
        else this.#waitAside(lane, wait);
      }
    }
    return undefined;
  }

  #giveBack(lane: Lane, ms: number): void {
    const departing = lane.waiting.shift();
    if (departing === undefined) return;
    lane.engaged = false;
    const retryAfterMs = Math.ceil(ms);
    this.#parts.onOutcome(departing, { fate: 'not-sent', code: 'rate-limited', untried: true, retryAfterMs });
  }

  #waitAside(lane: Lane, ms: number): void {
    lane.isAside = true;
    setTimeout(() => {
      lane.isAside = false;
      this.#engage(lane);
      this.#pump();
    }, Math.ceil(ms)).unref();
  }

  async #deliver(lane: Lane): Promise<void> {
    const departing = lane.waiting.shift();
    if (departing === undefined) return;
    // Only now: a message that has to wait for its account has used up nothing of what its chat is allowed.
    lane.gate?.pass(this.#parts.steadyNow());
    this.#inFlight += 1;
    this.#parts.onDeparture(departing);
    const outcome = this.#parts.mayDeliver() ? await this.#parts.channel.deliver(deliveryOf(departing)) : OFFLINE;
    this.#inFlight -= 1;
    this.#keepGap();
    this.#parts.onOutcome(departing, outcome);
    if (lane.waiting.length > 0) this.#engage(lane);
    else this.#leave(departing.chat.id, lane);
    if (this.#inFlight === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#pump();
  }

  /** Drawn anew each time: what comes at an even beat looks like a machine, and is blocked as one. */
  #keepGap(): void {
    const { gapMs } = this.#parts.channel.can.pace;
    if (gapMs === undefined) return;
    const [least, most] = gapMs;
    this.pauseAccount(least + this.#parts.random() * (most - least));
  }

  #engage(lane: Lane, place: 'first' | 'last' = 'last'): void {
    const [next] = lane.waiting;
    if (next === undefined) {
      lane.engaged = false;
      return;
    }
    lane.engaged = true;
    lane.listed = OUTGOING_KINDS.indexOf(next.message.kind);
    const ready = this.#ready[lane.listed];
    if (place === 'first') ready?.unshift(lane);
    else ready?.push(lane);
  }

  #leave(chatId: string, lane: Lane): void {
    lane.engaged = false;
    // A chat with a gate of its own stays known, or it would forget how fast it was served.
    if (lane.gate === null) this.#lanes.delete(chatId);
    else if (this.#lanes.size > this.#lanesBeforeSweep) this.#sweep();
  }

  #sweep(): void {
    const now = this.#parts.steadyNow();
    for (const [chatId, { engaged, waiting, gate }] of this.#lanes) {
      if (!engaged && waiting.length === 0 && gate?.isFresh(now) === true) this.#lanes.delete(chatId);
    }
    // Whatever still counts is looked at again only when as much has come to it.
    this.#lanesBeforeSweep = Math.max(LANES_BEFORE_SWEEP, this.#lanes.size * 2);
  }

  #laneOf({ id, kind }: Pick<Departing['chat'], 'id' | 'kind'>): Lane {
    const known = this.#lanes.get(id);
    if (known !== undefined) return known;
    const { perDirect, perGroup } = this.#parts.channel.can.pace;
    const allowances = kind === 'group' ? perGroup : perDirect;
    const lane: Lane = {
      waiting: [],
      gate: allowances === undefined ? null : new SlidingGate(allowances),
      engaged: false,
      listed: null,
      isAside: false,
    };
    this.#lanes.set(id, lane);
    return lane;
  }
}

const OFFLINE: DeliveryOutcome = { fate: 'not-sent', code: 'offline', untried: true };

function deliveryOf({ message, chat }: Departing): Delivery {
  const answers = message.answer?.parts.length ?? 0;
  return {
    key: message.id,
    account: chat.account,
    chat: { address: chat.address, kind: chat.kind },
    kind: message.kind,
    message: message.message,
    ...(answers > 1 ? { answers } : {}),
  };
}
