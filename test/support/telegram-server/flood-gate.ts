/** Telegram's rates, enforced: what comes too fast is refused with 429 and the seconds to wait. */

// "Not more than 20 messages a minute to the same group", "about 30 messages a second": https://core.telegram.org/bots/faq
const PER_SECOND = 30;
const PER_GROUP_MINUTE = 20;

export interface FloodRules {
  readonly perSecond?: number;
  readonly perGroupMinute?: number;
  /** After a refusal everything is refused until the wait is over, so many seconds. */
  readonly penaltySeconds?: number;
}

export class FloodGate {
  #rules: Required<FloodRules>;
  /** Seconds of the protocol, which a test may let run faster. */
  #seconds: () => number;
  #tokens: number;
  #filledAt: number;
  #closedUntil = 0;
  #groups = new Map<number, number[]>();

  constructor(seconds: () => number, rules: FloodRules = {}) {
    this.#rules = { perSecond: PER_SECOND, perGroupMinute: PER_GROUP_MINUTE, penaltySeconds: 0, ...rules };
    this.#seconds = seconds;
    this.#tokens = this.#rules.perSecond;
    this.#filledAt = seconds();
  }

  /** Seconds to wait; 0 lets it pass. */
  take(chatId: number): number {
    const now = this.#seconds();
    if (now < this.#closedUntil) return Math.max(1, Math.ceil(this.#closedUntil - now));
    const groupWait = chatId < 0 ? this.#groupWait(chatId, now) : 0;
    if (groupWait > 0) return groupWait;
    const { perSecond, penaltySeconds } = this.#rules;
    this.#tokens = Math.min(perSecond, this.#tokens + (now - this.#filledAt) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) {
      this.#closedUntil = now + penaltySeconds;
      return Math.max(1, penaltySeconds);
    }
    this.#tokens -= 1;
    if (chatId < 0) this.#groups.get(chatId)?.push(now);
    return 0;
  }

  #groupWait(chatId: number, now: number): number {
    const passed = (this.#groups.get(chatId) ?? []).filter((at) => at > now - 60);
    this.#groups.set(chatId, passed);
    const [oldest] = passed;
    return oldest === undefined || passed.length < this.#rules.perGroupMinute ? 0 : Math.ceil(oldest + 60 - now);
  }
}
