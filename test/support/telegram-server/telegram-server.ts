/** A Bot API server on loopback, written from what the real one does, with faults on order and a clock of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { freePort } from '../free-port.ts';
import { ApiCalls, type CallRecord } from './api-calls.ts';
import { FaultPlan } from './fault-plan.ts';
import { FloodGate, type FloodRules } from './flood-gate.ts';
import { LongPoll } from './long-poll.ts';
import { type OpenQuery, PeopleControl } from './people-control.ts';
import { UpdateQueue } from './update-queue.ts';
import { World } from './world.ts';

export interface TelegramServerOptions {
  readonly token?: string;
  readonly username?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long a second of the protocol takes, for holds, pauses and rates. */
  readonly secondMs?: number;
  /** On, as a new bot has it: in groups the bot is not shown everything. */
  readonly privacy?: boolean;
  /** Enforces Telegram's rates. */
  readonly flood?: FloodRules;
  readonly queryLivesMs?: number;
  /** Makes it speak HTTPS with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Off where memory and speed matter. */
  readonly remember?: boolean;
}

export interface TelegramServer {
  readonly url: string;
  readonly token: string;
  readonly world: World;
  readonly people: PeopleControl;
  readonly queue: UpdateQueue;
  readonly faults: FaultPlan;
  /** Every call so far, oldest first. */
  readonly calls: readonly CallRecord[];
  /** Whether somebody is waiting in a long poll. */
  readonly isPolled: () => boolean;
  /** Added to every answer but a held poll. */
  latencyMs: number;
  /** From now on another token is the right one. */
  revoke(token: string): void;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

const TOKEN = '123456789:AAloopback-loopback-loopback-loopba';
const QUERY_LIVES_MS = 15_000;

export async function startTelegramServer(options: TelegramServerOptions = {}): Promise<TelegramServer> {
  const { token = TOKEN, username = 'lvlin_bot', secondMs = 1_000, privacy = true, remember = true } = options;
  const now = options.now ?? Date.now;
  const world = new World({ id: Number.parseInt(token, 10), is_bot: true, first_name: '绿邻', username });
  const queries = new Map<string, OpenQuery>();
  const queue = new UpdateQueue(now);
  const poll = new LongPoll(queue, secondMs);
  const faults = new FaultPlan();
  const flood = options.flood === undefined ? null : new FloodGate(() => performance.now() / secondMs, options.flood);
  const queryLivesMs = options.queryLivesMs ?? QUERY_LIVES_MS;
  const calls = new ApiCalls({
    token,
    world,
    queries,
    queue,
    poll,
    faults,
    flood,
    now,
    privacy,
    queryLivesMs,
    remember,
  });
  const door = new Door((request, response) => calls.answer(request, response), options.tls);
  await door.open();
  return {
    url: door.url,
    token,
    world,
    people: new PeopleControl({ world, queue, now, privacy, queries }),
    queue,
    faults,
    calls: calls.record,
    isPolled: () => poll.isHeld,
    get latencyMs() {
      return calls.latencyMs;
    },
    set latencyMs(ms: number) {
      calls.latencyMs = ms;
    },
    revoke: (next) => {
      calls.token = next;
    },
    goDown: async () => {
      poll.drop();
      await door.close();
    },
    comeBack: () => door.open(),
    stop: async () => {
      poll.drop();
      await door.close();
    },
  };
}

/** A port that may close and open again under the same number. */
class Door {
  #server: Server;
  #scheme: string;
  #port = 0;

  constructor(answer: (request: IncomingMessage, response: ServerResponse) => void, tls: TelegramServerOptions['tls']) {
    // Idle connections stay, as they do for a minute at the real one.
    const options = { keepAliveTimeout: 60_000 };
    this.#server = tls === undefined ? createServer(options, answer) : createTlsServer({ ...options, ...tls }, answer);
    this.#scheme = tls === undefined ? 'http' : 'https';
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  close(): Promise<void> {
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
