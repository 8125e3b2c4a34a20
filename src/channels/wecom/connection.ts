/**
 * Keeps one bot connected: tries again for ever and never in a hurry, tells a broken line from a refusal and from
 * another process on the same bot, and begins afresh every night, because a line can be half-dead without a sign.
 */
import { randomUUID } from 'node:crypto';
import type { ChannelLog, ChannelStatus } from '../channel.ts';
import { backoffMs } from './backoff.ts';
import { ConnectionState } from './connection-state.ts';
import { isWrongCredentials, Line, type LineEnd } from './line.ts';
import { untilHour } from './night-rules.ts';
import type { Answer, OpenTransport } from './transport.ts';
import type { WecomTimings } from './wecom-config.ts';

export interface ConnectionParts {
  readonly open: OpenTransport;
  readonly timings: WecomTimings;
  readonly zone: string;
  readonly now: () => Date;
  readonly steadyNow: () => number;
  readonly random: () => number;
  readonly log: ChannelLog;
  /** `line` names the connection: a request id is good on that one alone. */
  readonly heard: (line: object, cmd: string, reqId: string, body: unknown) => void;
}

// After so many frames in a row that nobody answered, the line is taken for dead.
const UNANSWERED = 3;
const HOUR_MS = 60 * 60_000;
const TOO_OFTEN = 45009;
const NOT_SUBSCRIBED = 846609;

export class Connection {
  #parts: ConnectionParts;
  #state: ConnectionState;
  #isRunning = false;
  #line: Line | null = null;
  #trial: Line | null = null;
  #retry: NodeJS.Timeout | null = null;
  #night: NodeJS.Timeout | null = null;
  #failures = 0;
  #subscribedAt = 0;
  #comebacks: number[] = [];
  #unanswered = 0;
  #underWay = 0;
  #whenIdle: (() => void)[] = [];
  #hold: Promise<void> | null = null;
  #endHold: () => void = () => {};

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#state = new ConnectionState(parts.now);
  }

  get status(): ChannelStatus {
    return this.#state.status;
  }

  /** The connection that is subscribed now. */
  get line(): object | null {
    return this.#line;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#failures = 0;
    this.#state.set('connecting');
    this.#try();
  }

  /** What is under way is answered, or given up by the SDK after 5 s. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    for (const timer of [this.#retry, this.#night]) if (timer !== null) clearTimeout(timer);
    this.#trial?.close();
    this.#trial = null;
    this.#release();
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#line?.close();
    this.#line = null;
    this.#state.set('offline');
  }

  /** With `on`, only on that very connection. */
  async request(cmd: string, body: object, on?: { readonly line: object; readonly reqId: string }): Promise<Answer> {
    while (this.#hold !== null) await this.#hold;
    const line = this.#line;
    if (line === null || (on !== undefined && on.line !== line)) return { is: 'not-written' };
    this.#underWay += 1;
    const answer = await line.request(cmd, on?.reqId ?? `${cmd}_${randomUUID()}`, body);
    this.#underWay -= 1;
    if (this.#underWay === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#judge(line, answer);
    return answer;
  }

  #judge(line: Line, answer: Answer): void {
    this.#unanswered = answer.is === 'timed-out' ? this.#unanswered + 1 : 0;
    if (this.#line !== line) return;
    if (this.#unanswered >= UNANSWERED) line.giveUp('silent');
    else if (answer.is === 'answered' && answer.errcode === NOT_SUBSCRIBED) line.giveUp('refused');
  }

  #try(): void {
    const line = new Line(this.#parts.open, this.#parts.timings.subscribeMs, {
      subscribed: (line) => this.#onSubscribed(line),
      heard: (line, cmd, reqId, body) => this.#parts.heard(line, cmd, reqId, body),
      ended: (line, end) => this.#onEnded(line, end),
    });
    // It may have failed at once.
    if (!line.isOver) this.#trial = line;
  }

  #onSubscribed(line: Line): void {
    const older = this.#line;
    this.#line = line;
    this.#trial = null;
    this.#unanswered = 0;
    this.#subscribedAt = this.#parts.steadyNow();
    older?.close();
    this.#state.set('online');
    this.#parts.log.info({ channel: 'wecom' }, 'connected to WeCom');
    this.#release();
    this.#planNight();
  }

  #onEnded(line: Line, end: LineEnd): void {
    const wasLine = this.#line === line;
    if (wasLine) this.#line = null;
    else this.#trial = null;
    if (!this.#isRunning) return;
    // The nightly line pushes out the one before it, which is as it should be.
    if (wasLine && this.#trial !== null) return;
    this.#release();
    // The fresh line of the night failed; the old one still stands.
    if (!wasLine && this.#line !== null) this.#planNight();
    else this.#retry = setTimeout(() => this.#try(), this.#takeIn(end, wasLine));
  }

  /** Notes what it means; returns how long to wait. */
  #takeIn(end: LineEnd, wasSubscribed: boolean): number {
    const { timings, random, steadyNow, log } = this.#parts;
    if (wasSubscribed && steadyNow() - this.#subscribedAt >= timings.steadyMs) this.#failures = 0;
    if (end.why === 'displaced') {
      this.#state.set('kicked', 'another-instance');
      log.error({ channel: 'wecom' }, 'another process connected to WeCom with the same bot');
      return this.#comebackMs();
    }
    const errcode = end.why === 'refused' ? end.errcode : null;
    if (errcode !== null && isWrongCredentials(errcode)) {
      this.#state.set('needs-login', 'wrong-credentials');
      log.error({ channel: 'wecom', code: errcode }, 'WeCom does not know the bot or its secret');
      return timings.refusedRetryMs;
    }
    const wait = errcode === TOO_OFTEN ? timings.tooOftenRetryMs : backoffMs(this.#failures, timings, random);
    const trouble = end.why === 'lost' ? end.trouble : 'refused';
    this.#failures += 1;
    this.#state.set('connecting', trouble);
    log.warn({ channel: 'wecom', code: errcode ?? trouble, retryInMs: wait }, 'the connection to WeCom is down');
    return wait;
  }

  /** Two processes that both come back at once would push each other out for ever. */
  #comebackMs(): number {
    const { timings, random, steadyNow } = this.#parts;
    const now = steadyNow();
    this.#comebacks = this.#comebacks.filter((at) => at > now - HOUR_MS);
    const wait = timings.kickedRetryMs * (1 + random() / 2);
    const first = this.#comebacks.at(-timings.kickedTriesInAnHour);
    const at = first === undefined ? now + wait : Math.max(now + wait, first + HOUR_MS);
    this.#comebacks.push(at);
    return at - now;
  }

  #planNight(): void {
    const { timings, now, zone, random } = this.#parts;
    if (this.#night !== null) clearTimeout(this.#night);
    const wait = untilHour(timings.freshAtHour, now(), zone) + random() * timings.freshWithinMs;
    this.#night = setTimeout(() => void this.#beginAfresh(), wait).unref();
  }

  /** The new line is there before the old one goes, so that nothing said in between is lost. */
  async #beginAfresh(): Promise<void> {
    if (!this.#isRunning || this.#line === null || this.#trial !== null) return;
    this.#hold = new Promise((resolve) => (this.#endHold = resolve));
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    if (this.#isRunning && this.#line !== null) this.#try();
    else this.#release();
  }

  #release(): void {
    this.#hold = null;
    this.#endHold();
  }
}
