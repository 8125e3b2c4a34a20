/** Sends what the outbox holds and writes down what became of it. */
import type { Channel, DeliveryOutcome } from '../channels/channel.ts';
import type { ChannelName } from '../model/channel-name.ts';
import { giveBackOutbox } from '../store/outbox-table.ts';
import { insertRecallReceipt } from '../store/recall-receipt-table.ts';
import { AccountSender } from './account-sender.ts';
import { ChatHolds, type Failing } from './chat-holds.ts';
import { claimDue } from './claim.ts';
import type { DispatcherParts } from './dispatcher-parts.ts';
import { settleDoubts, settleFailure } from './fate.ts';
import { GroupAnswers } from './group-answers.ts';
import type { Heard } from './group-floors.ts';
import type { Departing } from './outgoing-writer.ts';
import { SentMarks } from './sent-marks.ts';

const LOOK_EVERY_MS = 1_000;
// A platform that asks for a pause without saying how long.
const A_PAUSE_MS = 1_000;
// What is claimed sits in memory and is in doubt after a crash, so it is never much more than what can be sent soon.
const CLAIM = 200;
const CLAIM_FOR_SECONDS = 5;

export class Dispatcher {
  #parts: DispatcherParts;
  #senders = new Map<string, AccountSender>();
  #marks: SentMarks;
  /** From being taken until its fate is written down. */
  #inHand = new Set<string>();
  #looking: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #settling = new Set<Promise<void>>();
  #holds = new ChatHolds();
  #answers: GroupAnswers;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#answers = new GroupAnswers({
      ...parts,
      speak: (one) => this.#speak(one),
      tellApart: (one) => this.#sendInTurn(one, this.#heldUntil(one)),
      onGathered: ({ message }) => this.#inHand.delete(message.id),
      track: (work) => this.#track(work),
    });
    this.#marks = new SentMarks(parts, (id) => this.#inHand.delete(id));
  }

  async start(): Promise<void> {
    await this.takeOver();
    this.#timer = setInterval(() => this.nudge(), LOOK_EVERY_MS);
    this.nudge();
  }

  /** Settles what processes that are gone had taken, and what this one took and lost sight of. */
  takeOver(): Promise<void> {
    return settleDoubts(this.#parts, this.#inHand);
  }

  /** Rows of this process that were committed a moment ago. */
  handOver(departing: readonly Departing[]): void {
    for (const one of departing) this.#sendInTurn(one, this.#heldUntil(one));
  }

  /** Somebody said something, and what they mean is being found out. */
  heard(inbound: Heard): void {
    this.#answers.heard(inbound);
  }

  /** Called before its answer is handed over, and where it has none; more than once does no harm. */
  read(inbound: Heard): void {
    this.#answers.read(inbound);
  }

  /** Something was queued. */
  nudge(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
  }

  get waitingInMemory(): number {
    let sum = this.#answers.holding;
    for (const sender of this.#senders.values()) sum += sender.waiting;
    return sum;
  }

  /** Ends what is in flight and gives back the rest. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#looking;
    await Promise.all([...this.#senders.values()].map((sender) => sender.stop()));
    const lanes = [...this.#senders.values()].flatMap((sender) => sender.takeBack());
    const left = [...lanes, ...this.#answers.takeBack()];
    if (left.length > 0) this.#track(this.#putBack(left, this.#parts.clock.now()));
    this.#marks.again();
    while (this.#marks.writing !== null) await this.#marks.writing;
    while (this.#settling.size > 0) await Promise.all(this.#settling);
  }

  /** Resolves when everything due has met its fate; for tests and for the end of a drill. */
  async idle(): Promise<void> {
    for (;;) {
      await this.#looking;
      await this.#marks.writing;
      await Promise.all(this.#settling);
      const busy = this.#looking !== null || this.#marks.writing !== null || this.#settling.size > 0;
      if (!busy && this.waitingInMemory === 0 && this.#inFlight === 0) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #inFlight = 0;
  /** Told when it begins and when it is over, not every second in between. */
  #isBlind = false;

  /** Behind what failed before it in the same chat. */
  #sendInTurn(departing: Departing, heldUntil: Date | null): void {
    this.#inHand.add(departing.message.id);
    if (this.#holds.waitsBehind(departing)) return;
    if (heldUntil !== null) this.#track(this.#putBack([departing], heldUntil));
    else if (departing.message.answer !== undefined) this.#answers.hold(departing);
    else this.#send(departing);
  }

  /** An answer whose turn in its group has come. */
  #speak(departing: Departing): void {
    const heldUntil = this.#heldUntil(departing);
    if (this.#holds.waitsBehind(departing)) this.#answers.ended(departing, false);
    else if (heldUntil !== null) this.#track(this.#putBack([departing], heldUntil));
    else this.#send(departing);
  }

  #heldUntil(departing: Departing): Date | null {
    return this.#holds.heldUntil(departing) ?? (this.#stopped ? this.#parts.clock.now() : null);
  }

  #send(departing: Departing): void {
    const sender = this.#senderFor(departing.chat.channel, departing.chat.account);
    if (sender === null) {
      this.#track(this.#putBack([departing], new Date(this.#parts.clock.now().getTime() + LOOK_EVERY_MS)));
      return;
    }
    this.#inFlight += 1;
    sender.send(departing);
  }

  #senderFor(name: ChannelName, account: string): AccountSender | null {
    const channel = this.#parts.channels.find(name, account);
    if (channel === null) return null;
    const key = `${name}|${account}`;
    const known = this.#senders.get(key);
    if (known?.channel === channel) return known;
    if (known !== undefined) this.#retire(known);
    const sender = new AccountSender({
      channel,
      mayDeliver: () => this.#parts.channels.mayDeliver(channel),
      steadyNow: this.#parts.steadyNow,
      random: this.#parts.random,
      onDeparture: (departing) => this.#answers.departs(departing),
      onOutcome: (departing, outcome) => this.#onOutcome(departing, outcome),
    });
    this.#senders.set(key, sender);
    return sender;
  }

  /** Its account is served by another channel from now on. */
  #retire(sender: AccountSender): void {
    const left = sender.takeBack();
    this.#inFlight -= left.length;
    this.#track(this.#putBack(left, this.#parts.clock.now()));
    this.#track(sender.stop());
  }

  #onOutcome(departing: Departing, outcome: DeliveryOutcome): void {
    this.#inFlight -= 1;
    this.#answers.ended(departing, outcome.fate !== 'not-sent');
    const { channel } = departing.chat;
    this.#parts.metrics.count('messages_sent_total', { channel, kind: departing.message.kind, fate: outcome.fate });
    if (outcome.fate === 'sent') {
      this.#marks.add(departing.message.id);
      if (outcome.receipt !== undefined) this.#track(this.#keepReceipt(departing, outcome.receipt));
      return;
    }
    const { chat } = departing;
    const sender = this.#senderFor(chat.channel, chat.account);
    const failing = this.#holds.begin(departing, outcome);
    failing.behind.push(...(sender?.takeBack(chat.id, failing.from) ?? []));
    this.#inFlight -= failing.behind.length;
    if (outcome.fate === 'not-sent' && outcome.wholeAccount === true)
      sender?.pauseAccount(outcome.retryAfterMs ?? A_PAUSE_MS);
    this.#track(this.#afterFailure(departing, outcome, failing));
  }

  /** Lost, it costs only the chance to take the message back. */
  #keepReceipt({ message: { id, communityId } }: Departing, receipt: string): Promise<void> {
    const now = this.#parts.clock.now();
    return this.#parts.store.write((tx) => insertRecallReceipt(tx, { outboxId: id, communityId, receipt, now }));
  }

  async #afterFailure(
    departing: Departing,
    outcome: Exclude<DeliveryOutcome, { fate: 'sent' }>,
    failing: Failing,
  ): Promise<void> {
    let retryAt: Date | null = null;
    try {
      retryAt = await settleFailure(this.#parts, departing, outcome);
    } finally {
      this.#inHand.delete(departing.message.id);
      this.#holds.end(failing, retryAt);
      if (retryAt !== null || this.#stopped) await this.#putBack(failing.behind, retryAt ?? this.#parts.clock.now());
      else for (const one of failing.behind) this.#sendInTurn(one, this.#holds.heldUntil(one));
    }
  }

  async #look(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        this.#marks.again();
        for (const channel of this.#parts.channels.ready()) await this.#claim(channel);
      }
      if (this.#isBlind) this.#parts.log.info({}, 'the outbox can be read again');
      this.#isBlind = false;
    } catch (cause) {
      if (!this.#isBlind) this.#parts.log.error({ err: cause }, 'the outbox could not be read');
      this.#isBlind = true;
    }
  }

  /** Each channel has room of its own: what waits for a slow one, or for a chat that had its share, holds up no other. */
  async #claim(channel: Channel): Promise<void> {
    const ahead = [...this.#senders.values()].flatMap((sender) => (sender.channel === channel ? [sender.ahead] : []));
    const room = ahead.reduce((left, { next }) => left - next, roomOf(channel));
    if (room <= 0) return;
    const except = ahead.flatMap(({ aside }) => aside);
    const claimed = await claimDue(this.#parts, channel, { limit: room, except });
    const now = this.#parts.clock.now();
    for (const one of claimed) {
      this.#holds.letPass(one, now);
      this.#sendInTurn(one, this.#holds.heldUntil(one));
    }
    if (claimed.length === room) this.#again = true;
  }

  async #putBack(departing: readonly Departing[], runAt: Date): Promise<void> {
    for (const one of departing) this.#answers.ended(one, false);
    try {
      await this.#parts.store.write(async (tx) => {
        const { owner } = this.#parts;
        for (const { message } of departing) await giveBackOutbox(tx, { id: message.id, owner }, runAt);
      });
    } finally {
      // Where it could not be written, the next look at what was lost sight of finds them.
      for (const { message } of departing) this.#inHand.delete(message.id);
    }
  }

  #track(work: Promise<void>): void {
    const settled = work.catch((cause: unknown) => {
      this.#parts.log.error({ err: cause }, 'the fate of a message could not be written down');
    });
    this.#settling.add(settled);
    void settled.finally(() => this.#settling.delete(settled));
  }
}

function roomOf({ can: { pace } }: Channel): number {
  if (pace.gapMs !== undefined) return 1;
  return pace.perSecond === undefined ? CLAIM : Math.min(CLAIM, Math.ceil(pace.perSecond * CLAIM_FOR_SECONDS));
}
