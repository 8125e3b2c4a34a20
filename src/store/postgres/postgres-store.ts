/** Records in PostgreSQL: any number of processes, one transaction for each piece of work. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LvlinError } from '../../model/errors.ts';
import { databaseName } from '../database-url.ts';
import type { Store, Transaction } from '../store.ts';
import { ConnectionLost, isConflict, isFromTheFuture, isSessionEnd, postgresFault } from './postgres-fault.ts';
import { type PostgresParts, PostgresSessions, type Session } from './postgres-sessions.ts';

type Work<T> = (tx: Transaction) => Promise<T>;

/** The tables must stand already (`preparePostgres`). */
export function openPostgresStore(parts: PostgresParts): Store {
  const writing = new PostgresSessions(parts, 'write');
  // Of their own, so that a page never waits for a writer, nor work for a page that it asks for itself.
  const reading = new PostgresSessions(parts, 'read');
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  function tracked<T>(work: () => Promise<T>): Promise<T> {
    if (closed !== undefined) return Promise.reject(new Error('the store is closed'));
    const promise = again(work);
    underWay.add(promise);
    // Both ways, so that a failure is its asker's alone.
    const ended = () => underWay.delete(promise);
    promise.then(ended, ended);
    return promise;
  }

  async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (cause) {
        if (tries === TRIES || !mayRunAgain(cause)) throw postgresFault(parts.url, cause);
        await sleep(waitMs(cause, tries));
      }
    }
  }

  async function close(): Promise<void> {
    await Promise.allSettled(underWay);
    await Promise.all([writing.close(), reading.close()]);
  }

  return {
    dialect: 'postgres',
    inOrder: false,
    write: (work) => tracked(() => writeOnce(writing, parts.url, work)),
    read: (work) => tracked(() => reading.run(({ tx }) => work(tx))),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

const TRIES = 7;
// Together about 5 s: a server that restarts is back by then.
const FIRST_WAIT_LOST_MS = 100;
const FIRST_WAIT_CONFLICT_MS = 10;

function mayRunAgain(cause: unknown): boolean {
  return isConflict(cause) || cause instanceof ConnectionLost;
}

/** From half of it up to the whole, by chance, so that those who were in each other's way do not meet again. */
function waitMs(cause: unknown, tries: number): number {
  const first = cause instanceof ConnectionLost ? FIRST_WAIT_LOST_MS : FIRST_WAIT_CONFLICT_MS;
  return first * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}

interface Begun {
  readonly id: string;
  readonly begunAt: number;
}

/** The answer to the commit was lost with the connection: the work is kept or not, and the server knows. */
class CommitInDoubt extends Error {
  readonly transactionId: string;
  readonly begunAt: number;
  constructor({ id, begunAt }: Begun, cause: unknown) {
    super('the answer to a commit was lost', { cause });
    this.transactionId = id;
    this.begunAt = begunAt;
  }
}

async function writeOnce<T>(sessions: PostgresSessions, url: string, work: Work<T>): Promise<T> {
  let value: { readonly of: T } | undefined;
  try {
    return await sessions.run(async (session) => {
      const begun = await begin(session);
      try {
        value = { of: await work(session.tx) };
      } catch (cause) {
        await rollback(session);
        throw cause;
      }
      await commit(session, begun);
      return value.of;
    });
  } catch (cause) {
    const doubt = cause instanceof ConnectionLost ? cause.cause : undefined;
    if (!(doubt instanceof CommitInDoubt) || value === undefined) throw cause;
    if (await wasCommitted(sessions, url, doubt)) return value.of;
    throw cause;
  }
}

/** The number of the transaction comes in the same round trip; `pg_xact_status` tells its fate to whoever asks later. */
async function begin({ client }: Session): Promise<Begun> {
  const begunAt = performance.now();
  // With several statements in one text pg gives one result for each, which its types do not know.
  const results: unknown = await client.query('begin; select pg_current_xact_id()::text as id');
  const last = Array.isArray(results) ? results.at(-1) : undefined;
  return { id: String(last?.rows?.[0]?.id), begunAt };
}

async function rollback(session: Session): Promise<void> {
  if (session.isLost) return;
  try {
    await session.client.query('rollback');
  } catch {
    session.isLost = true;
  }
}

async function commit(session: Session, begun: Begun): Promise<void> {
  try {
    const { command } = await session.client.query('commit');
    // After a failed query PostgreSQL answers a commit with a rollback and calls it a success.
    if (command !== 'COMMIT') throw new Error('the work went on after one of its queries had failed');
  } catch (cause) {
    if (!session.isLost && !isSessionEnd(cause)) {
      await rollback(session);
      throw cause;
    }
    session.isLost = true;
    throw new CommitInDoubt(begun, cause);
  }
}

/** Throws `commit-unknown` where nobody can tell. */
async function wasCommitted(sessions: PostgresSessions, url: string, doubt: CommitInDoubt): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const fate = await fateOf(sessions, doubt);
    if (fate === 'kept') return true;
    if (fate === 'undone') return false;
    if (fate === 'unknown') break;
    await sleep(FIRST_WAIT_LOST_MS * 2 ** (tries - 1));
  }
  throw new LvlinError('commit-unknown', { ...databaseName(url) }, { cause: doubt });
}

/**
 * A server that crashed gives out again the numbers of transactions it has no trace of. So "committed" is believed
 * from a connection that is older than the transaction alone: while it stands the server has not crashed.
 * "Aborted" and "in the future" are true either way: had it been kept, its number would be taken.
 */
async function fateOf(
  sessions: PostgresSessions,
  { transactionId, begunAt }: CommitInDoubt,
): Promise<'kept' | 'undone' | 'unknown' | 'not-yet'> {
  try {
    return await sessions.run(async ({ client, since }) => {
      const { rows } = await client.query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [
        transactionId,
      ]);
      const status = rows[0]?.status;
      if (status === 'aborted') return 'undone';
      if (status === 'in progress') return 'not-yet';
      return status === 'committed' && since < begunAt ? 'kept' : 'unknown';
    });
  } catch (cause) {
    if (cause instanceof ConnectionLost) return 'not-yet';
    if (isFromTheFuture(cause)) return 'undone';
    throw cause;
  }
}
