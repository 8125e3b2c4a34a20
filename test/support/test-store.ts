/** A fresh store with its tables, in a folder that goes away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../src/lib/encryption.ts';
import { createIdSource } from '../../src/lib/id.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';

export interface TestStore {
  readonly store: Store;
  readonly vault: Vault;
  /** Empty on PostgreSQL but for what the test puts there. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly close: () => Promise<void>;
}

export type OpenTestStore = () => Promise<TestStore>;

/** On SQLite, as in most tests; what may differ between the databases runs on both with `forEachStore`. */
export function openTestStore(): Promise<TestStore> {
  return openHere();
}

let openHere: OpenTestStore = openOnSqlite;

/** From here on in this file `openTestStore` opens another store: for tests that were written without a thought of it. */
export function openTestStoresWith(open: OpenTestStore): void {
  openHere = open;
}

async function openOnSqlite(): Promise<TestStore> {
  const folder = newFolder();
  return openTestStoreAt(`sqlite:${join(folder, 'lvlin.sqlite')}`, folder, new Vault(newKey()));
}

export async function openTestStoreAt(databaseUrl: string, folder: string, vault: Vault): Promise<TestStore> {
  const ids = createIdSource(Date.now);
  const store = await openStore(databaseUrl, { vault, newId: () => ids.next(), backupFolder: folder });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, vault, folder, databaseUrl, close };
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lvlin-store-'));
}
