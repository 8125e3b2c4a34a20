/**
 * Long polling with grammY's client and middleware, in a loop of our own instead of `bot.start()`. That one handles
 * updates one after the other, so that each pays for a disk sync of its own; its `stop()` confirms the update it was
 * trying, stored or not; and what it does about a lost connection can be neither seen nor ended. The rule it shares:
 * the next poll confirms the last one, so it is asked for only when everything is on disk.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Bot } from 'grammy';
import type { ChannelLog } from '../channel.ts';
import { NotKept } from './handover.ts';
import { pollingSignal } from './polling-signal.ts';
import { type PollingTrouble, troubleOf } from './polling-trouble.ts';
import type { Standing } from './standing.ts';
import type { Backoff, TelegramConfig } from './telegram-config.ts';

export interface PollerParts {
  readonly bot: Bot;
  readonly config: TelegramConfig;
  readonly standing: Standing;
  readonly random: () => number;
  readonly log: ChannelLog;
}

type Update = Parameters<Bot['handleUpdate']>[0];

// Edited messages are not asked for: what was understood once is changed by saying so.
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member', 'chat_member'] as const;
const MOST_AT_ONCE = 100;
// An empty answer sooner than this was not held at all.
const HELD_AT_LEAST_MS = 500;
// Stopping does not wait longer than this to tell Telegram what has been stored.
const LAST_WORD_MS = 2_000;

export class Poller {
  #parts: PollerParts;
  /** Everything below is stored. */
  #offset = 0;
  #confirmed = 0;
  #failures = 0;
  #connected = false;
  #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#running !== null) return;
    this.#stopping = new AbortController();
    this.#parts.standing.set('connecting');
    this.#running = this.#run(this.#stopping.signal);
  }

  /** What is being stored is stored to the end. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = null;
    if (this.#connected && this.#offset > this.#confirmed) await this.#confirm();
    this.#connected = false;
    this.#parts.standing.set('offline');
  }

  async #run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        if (!this.#connected) await this.#connect(stopping);
        await this.#takeBatch(stopping);
        this.#failures = 0;
        this.#goOnline();
      } catch (cause) {
        if (!stopping.aborted) await this.#sitOut(troubleOf(cause), stopping);
      }
    }
  }

  async #connect(stopping: AbortSignal): Promise<void> {
    const { bot, log } = this.#parts;
    bot.botInfo = await bot.api.getMe(pollingSignal(stopping));
    // A webhook somebody set would keep every update from us.
    await bot.api.deleteWebhook({ drop_pending_updates: false }, pollingSignal(stopping));
    if (bot.botInfo.can_read_all_group_messages) {
      log.warn({ channel: 'telegram', account: bot.botInfo.id }, 'privacy mode is off: groups show the bot everything');
    }
    this.#connected = true;
    this.#goOnline();
  }

  async #takeBatch(stopping: AbortSignal): Promise<void> {
    const { bot, config } = this.#parts;
    const offset = this.#offset;
    const from = performance.now();
    const updates = await bot.api.getUpdates(
      { offset, limit: MOST_AT_ONCE, timeout: config.pollSeconds, allowed_updates: ALLOWED_UPDATES },
      pollingSignal(stopping),
    );
    this.#confirmed = offset;
    // Telegram holds a poll until there is something; whoever does not would be asked without end.
    const isIdle = updates.length === 0 && performance.now() - from < HELD_AT_LEAST_MS;
    if (isIdle) await wait(config.backoff.firstMs, undefined, { signal: stopping });
    const kept = await Promise.allSettled(updates.map((update) => this.#handle(update)));
    const failed = kept.findIndex(({ status }) => status === 'rejected');
    const next = failed === -1 ? (updates.at(-1)?.update_id ?? offset - 1) + 1 : (updates[failed]?.update_id ?? offset);
    if (!Number.isSafeInteger(next)) throw new TypeError('an update has no number');
    this.#offset = Math.max(offset, next);
    const fault = kept[failed];
    if (fault?.status === 'rejected') throw fault.reason;
  }

  /** Rejects only with `NotKept`: what cannot be read would be no better the next time. */
  async #handle(update: Update): Promise<void> {
    try {
      await this.#parts.bot.handleUpdate(update);
    } catch (cause) {
      const reason = cause instanceof Error && 'error' in cause ? cause.error : cause;
      if (reason instanceof NotKept) throw reason;
      const kind = reason instanceof Error ? reason.name : typeof reason;
      this.#parts.log.warn({ channel: 'telegram', code: 'unreadable', kind }, 'an update could not be read');
    }
  }

  async #sitOut(trouble: PollingTrouble, stopping: AbortSignal): Promise<void> {
    const { config, standing, random, log } = this.#parts;
    this.#failures += 1;
    const isFirst = this.#failures === 1;
    if (trouble.mayBeNothing && this.#connected && isFirst && trouble.waitMs === undefined) return;
    if (trouble.state !== 'degraded') this.#connected = false;
    if (standing.set(trouble.state, trouble.trouble)) {
      log.warn({ channel: 'telegram', code: trouble.code, trouble: trouble.trouble }, 'Telegram is not heard');
    }
    const backoff = trouble.hold ? config.hold : config.backoff;
    const ms = trouble.waitMs ?? backoffMs(backoff, this.#failures, random);
    await wait(ms, undefined, { signal: stopping }).catch(() => {});
  }

  #goOnline(): void {
    const { standing, log } = this.#parts;
    if (standing.set('online')) log.info({ channel: 'telegram' }, 'Telegram is heard');
  }

  async #confirm(): Promise<void> {
    const call = { offset: this.#offset, limit: 1, timeout: 0 };
    const inTime = pollingSignal(AbortSignal.timeout(LAST_WORD_MS));
    // Where it fails, they come once more and are known by their ids.
    await this.#parts.bot.api.getUpdates(call, inTime).catch(() => {});
  }
}

/** Twice as long each time, half of it by chance, so that many do not come back at once. */
function backoffMs({ firstMs, longestMs }: Backoff, failures: number, random: () => number): number {
  const longest = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return longest * (0.5 + random() / 2);
}
