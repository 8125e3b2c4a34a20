/** Records in one SQLite file: one process, one writer, commits shared by all who wait. */
import { z } from 'zod';
import { LvlinError } from '../../model/errors.ts';
import { PreparedRunner } from '../connection.ts';
import type { Store, Transaction } from '../store.ts';
import { transactionOn } from '../transaction.ts';
import type { Vault } from '../vault.ts';
import { Checkpoint } from './checkpoint.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { WalSync } from './wal-sync.ts';

export interface SqliteStoreParts {
  readonly file: string;
  readonly vault: Vault;
  readonly newId: () => string;
}

/** The tables must stand already (`prepareSqlite`), and this process must hold the file alone (`ProcessLock`). */
export function openSqliteStore({ file, vault, newId }: SqliteStoreParts): Store {
  const writer = new SqliteConnection(file, { readonly: false, synced: 'by-us' });
  const reader = new SqliteConnection(file, { readonly: true });
  const checkpoint = new Checkpoint(file);
  const walSync = new WalSync(
    file,
    () => carryOverWhole(writer),
    (works) => checkpoint.afterSync(works),
  );
  const faultOf = (cause: unknown) => sqliteFault(file, cause);
  const group = new GroupCommit({
    database: writer.database,
    tx: transactionOn(new PreparedRunner(writer), vault, newId),
    walSync,
    mayBegin: () => checkpoint.mayBegin(),
    faultOf,
  });
  const reading = transactionOn(new PreparedRunner(reader), vault, newId);
  let closed: Promise<void> | undefined;

  function refuseWhenClosed(): void {
    if (closed !== undefined) throw new Error('the store is closed');
  }

  async function close(): Promise<void> {
    await group.idle();
    await walSync.close();
    await checkpoint.close();
    reader.close();
    writer.close();
  }

  return {
    dialect: 'sqlite',
    inOrder: true,
    write: async (work) => {
      refuseWhenClosed();
      return group.write(work);
    },
    read: async (work) => {
      refuseWhenClosed();
      return readOnce(reading, work, faultOf);
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

// Each query of a page sees what is committed at that moment; a page that must not change between two queries
// asks for both in one. Holding one snapshot would let the write-ahead log grow as long as somebody reads.
async function readOnce<T>(
  reading: Transaction,
  work: (tx: Transaction) => Promise<T>,
  faultOf: (cause: unknown) => unknown,
): Promise<T> {
  try {
    return await work(reading);
  } catch (cause) {
    throw faultOf(cause);
  }
}

const Outcome = z.tuple([z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() })]);

/** Throws `disk-failed` unless everything committed is in the database file and synced. */
function carryOverWhole({ database }: SqliteConnection): void {
  const [{ busy, log, checkpointed }] = Outcome.parse(database.pragma('wal_checkpoint(FULL)'));
  if (busy !== 0 || log !== checkpointed) throw new LvlinError('disk-failed', { file: database.name });
}
