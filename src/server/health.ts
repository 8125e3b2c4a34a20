/** Tells machines how the bot is: alive, ready, and in figures. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import { createMetrics, type Metrics, type Sample } from '../lib/metrics.ts';
import type { ErrorCode } from '../model/errors.ts';
import { countWaiting } from '../store/outbox-table.ts';
import type { Store } from '../store/store.ts';

export interface HealthParts {
  readonly store: Store;
  readonly channels: () => readonly Channel[];
  /** Why nothing can be written, although it may still be read. */
  readonly trouble: () => ErrorCode | null;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Tells one bot of a machine from another; says nothing about either. */
  readonly instance: string;
  readonly isFromThisMachine: (context: Context) => boolean;
  /** Lets others look as well. */
  readonly token: string | null;
}

/** In the answer of /livez. */
export const INSTANCE_HEADER = 'x-lvlin-instance';

const ABOUT = {
  messages_heard_total: 'Messages heard, by channel and by what became of them.',
  messages_sent_total: 'Messages handed to a channel, by channel, kind and fate.',
  outbox_waiting: 'Messages that wait to be sent.',
  outbox_oldest_seconds: 'How long the oldest of them has been due.',
  llm_answers_total: 'Questions to the language model, by how it answered.',
  llm_readings_total: 'Messages nobody understood that a model was asked about, by what came of it.',
  llm_in_flight: 'Questions to the language model that are under way.',
  llm_resting: 'Whether it failed several times in a row and is left alone for a minute.',
  accounts: 'Accounts on platforms, by channel and by how they stand here.',
  event_loop_delay_seconds: 'The longest stop of the event loop since the last look.',
  resident_memory_bytes: 'Memory the process holds.',
};

export function createBotMetrics(): Metrics {
  const metrics = createMetrics(ABOUT);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  metrics.gauge('event_loop_delay_seconds', () => {
    const longest = delay.max / 1e9;
    delay.reset();
    return longest;
  });
  metrics.gauge('resident_memory_bytes', () => process.memoryUsage.rss());
  return metrics;
}

/** Figures and reasons are for this machine and for whoever has the token; that the process answers may be known. `/livez`: the process answers. `/readyz`: it can keep and send; 503 with reasons otherwise. `/metrics`: figures. */
export function healthRoutes(parts: HealthParts): Hono {
  const routes = new Hono();
  const databaseAnswers = createDatabaseProbe(parts.store);
  for (const path of ['/readyz', '/metrics']) routes.use(path, forThoseWhoMayLook(parts));
  routes.get('/livez', (context) => context.text('ok\n', 200, { [INSTANCE_HEADER]: parts.instance }));
  routes.get('/readyz', async (context) => {
    const reasons = await notReadyBecause(parts, databaseAnswers);
    return context.json({ ready: reasons.length === 0, reasons }, reasons.length === 0 ? 200 : 503);
  });
  routes.get('/metrics', async (context) => {
    const { waiting, oldest } = await parts.store.read((tx) => countWaiting(tx));
    const late = oldest === null ? 0 : Math.max(0, (parts.clock.now().getTime() - oldest.getTime()) / 1000);
    parts.metrics.gauge('outbox_waiting', () => waiting);
    parts.metrics.gauge('outbox_oldest_seconds', () => late);
    parts.metrics.gauge('accounts', () => accountsByState(parts.channels()));
    return context.text(parts.metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  return routes;
}

/** How many, and not which: a label holds no id. */
function accountsByState(channels: readonly Channel[]): Sample[] {
  const counts = new Map<string, Sample>();
  for (const channel of channels.filter(({ account }) => account !== '*')) {
    const { state, trouble = '' } = channel.status();
    const key = `${channel.name} ${state} ${trouble}`;
    const labels = { channel: channel.name, state, trouble };
    counts.set(key, { labels, value: (counts.get(key)?.value ?? 0) + 1 });
  }
  return [...counts.values()];
}

function forThoseWhoMayLook({ isFromThisMachine, token }: HealthParts): MiddlewareHandler {
  return async (context, next) => {
    const given = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const mayLook = isFromThisMachine(context) || (token !== null && given !== undefined && isSame(given, token));
    return mayLook ? next() : context.text('for this machine, or with METRICS_TOKEN\n', 403);
  };
}

/** Takes as long for a nearly right one as for any other. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

// Those who ask give up after 5 to 10 s; a healthy database answers in milliseconds.
const DATABASE_ANSWERS_WITHIN_MS = 3_000;

/** A database that has gone silent is given up after minutes only, so there is one question at a time. */
function createDatabaseProbe(store: Store): () => Promise<boolean> {
  let asking: Promise<boolean> | null = null;
  return async () => {
    asking ??= store
      .read((tx) => countWaiting(tx))
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = null;
      });
    const giveUp = new AbortController();
    const tooLate = sleep(DATABASE_ANSWERS_WITHIN_MS, false, { signal: giveUp.signal }).catch(() => false);
    const answers = await Promise.race([asking, tooLate]);
    giveUp.abort();
    return answers;
  };
}

async function notReadyBecause(
  { channels, trouble }: HealthParts,
  databaseAnswers: () => Promise<boolean>,
): Promise<string[]> {
  const reasons = (await databaseAnswers()) ? [] : ['the database does not answer'];
  const code = trouble();
  if (code !== null) reasons.push(`records cannot be written: ${code}`);
  for (const channel of channels()) {
    const { state } = channel.status();
    // One platform that is away does not make the others wait for a restart, and another process may hold its account.
    if (channel.account !== '*') continue;
    if (state !== 'online') reasons.push(`the channel ${channel.name} is ${state}`);
  }
  return reasons;
}
