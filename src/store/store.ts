/** The port to records: everything that reads or writes them gets a `Transaction` from here. */
import type { Kysely } from 'kysely';
import type { Parameter, Prepared } from './prepared.ts';
import type { Schema } from './schema.ts';
import type { Sealer } from './vault.ts';

/**
 * One unit of work. Only the tables in this folder touch `db` and `run`;
 * everybody else calls the functions they offer and sees records, never rows.
 */
export interface Transaction {
  readonly dialect: 'sqlite' | 'postgres';
  readonly db: Kysely<Schema>;
  /** A promise only where the database is another process: a message asks a dozen times, and promises would add up. */
  run<P extends Record<string, Parameter>, Row>(query: Prepared<P, Row>, values: P): Row[] | Promise<Row[]>;
  /** Encrypts and decrypts personal data of one community. */
  sealer(communityId: string): Sealer | Promise<Sealer>;
  newId(): string;
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  /** Whether writes take effect in the order they were asked for. */
  readonly inOrder: boolean;
  /**
   * Runs `work` and resolves when what it wrote is on disk. What `work` throws undoes it alone.
   * `work` touches nothing but the transaction: others wait for it, and it may run again after a conflict.
   * Throws `disk-failed` or `commit-unknown` where nobody can say whether it was kept, `disk-full`,
   * `database-locked`, `database-unreachable` or `database-broken` where it surely was not.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Sees committed records only and never waits for writers. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
