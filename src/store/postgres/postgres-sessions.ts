/** Connections to PostgreSQL, each set up once and remembering what it has prepared. */
import { Pool, type PoolClient } from 'pg';
import { createGate, type Gate } from '../../lib/gate.ts';
import { PreparedRunner } from '../connection.ts';
import type { Transaction } from '../store.ts';
import { transactionOn } from '../transaction.ts';
import type { Vault } from '../vault.ts';
import { numbersAsNumbers, PostgresConnection } from './postgres-connection.ts';
import { ConnectionLost, isSessionEnd } from './postgres-fault.ts';

export interface PostgresParts {
  readonly url: string;
  readonly vault: Vault;
  readonly newId: () => string;
  /** Connections that write, 8 unless said otherwise; half as many more read. */
  readonly poolSize?: number;
  /** How long a line may be silent before it counts as dead. */
  readonly patience?: Patience;
}

export interface Patience {
  /** Milliseconds until a connection stands, and until a question is answered. */
  readonly connectMs: number;
  readonly answerMs: number;
  /** Until the server undoes a transaction that stands still: whoever began it is cut off, and others wait for its locks. */
  readonly standstillMs: number;
}

export interface Session {
  readonly client: PoolClient;
  readonly tx: Transaction;
  /** When it was made, on the clock of `performance.now`. */
  readonly since: number;
  isLost: boolean;
}

const POOL_SIZE = 8;
// Our work takes milliseconds, so who waits this long stands in a circle that the server has not seen; it tries anew.
const LOCK_COMES_WITHIN_MS = 4_000;
// A statement of ours takes milliseconds too, and the longest page a second.
const STATEMENT_ENDS_AFTER_MS = 15_000;
// The answer is waited for beyond the server's own limit, so that this strikes only where the line is dead.
// A transaction of ours never waits for anything but the server, and at most for one write to a slow disk.
const PATIENCE: Patience = { connectMs: 5_000, answerMs: 20_000, standstillMs: 10_000 };

/** `read`: the server itself refuses to change anything on these connections. */
export type SessionsFor = 'read' | 'write';

const SET_UP = [
  // Whatever the server's own setting: an acknowledged record is on disk.
  'set synchronous_commit = on',
  `set statement_timeout = ${STATEMENT_ENDS_AFTER_MS}`,
  `set lock_timeout = ${LOCK_COMES_WITHIN_MS}`,
  // One that vanished with its network gives its place back after two minutes and not after two hours.
  'set tcp_keepalives_idle = 60',
  'set tcp_keepalives_interval = 15',
  'set tcp_keepalives_count = 4',
];

export class PostgresSessions {
  #pool: Pool;
  #gate: Gate;
  #parts: PostgresParts;
  #setUp: string;
  #sessions = new WeakMap<PoolClient, Session>();

  constructor(parts: PostgresParts, purpose: SessionsFor) {
    const writers = parts.poolSize ?? POOL_SIZE;
    // Pages are few and quick beside the messages.
    const size = purpose === 'write' ? writers : Math.ceil(writers / 2);
    this.#parts = parts;
    const patience = parts.patience ?? PATIENCE;
    this.#setUp = [
      ...SET_UP,
      `set idle_in_transaction_session_timeout = ${patience.standstillMs}`,
      `set default_transaction_read_only = ${purpose === 'read' ? 'on' : 'off'}`,
    ].join(';');
    // Work waits at the gate and not in the pool, where the time to connect would run out for it.
    this.#gate = createGate(size);
    this.#pool = new Pool({
      connectionString: parts.url,
      max: size,
      connectionTimeoutMillis: patience.connectMs,
      query_timeout: patience.answerMs,
      keepAlive: true,
      types: numbersAsNumbers,
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.#pool.on('error', () => {});
  }

  /** Throws `ConnectionLost` where the line or the server went away under the work. */
  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#gate.run(async () => {
      const session = await this.#take();
      try {
        return await work(session);
      } catch (cause) {
        if (isSessionEnd(cause)) session.isLost = true;
        throw session.isLost ? new ConnectionLost('the connection broke', { cause }) : cause;
      } finally {
        session.client.release(session.isLost);
      }
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #take(): Promise<Session> {
    const client = await this.#connect();
    const known = this.#sessions.get(client);
    if (known !== undefined) return known;
    const runner = new PreparedRunner(new PostgresConnection(client));
    const session: Session = {
      client,
      tx: transactionOn(runner, this.#parts.vault, this.#parts.newId),
      since: performance.now(),
      isLost: false,
    };
    client.on('error', () => {
      session.isLost = true;
    });
    try {
      await client.query(this.#setUp);
    } catch (cause) {
      client.release(true);
      throw new ConnectionLost('the session could not be set up', { cause });
    }
    this.#sessions.set(client, session);
    return session;
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (cause) {
      throw new ConnectionLost('there is no way to the server', { cause });
    }
  }
}
