/** A fresh store with its tables, in a folder that goes away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../src/lib/encryption.ts';
import { createIdSource } from '../../src/lib/id.ts';
import { prepareSqlite } from '../../src/store/sqlite/prepare-sqlite.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';

export interface TestStore {
  readonly store: Store;
  readonly vault: Vault;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export async function openTestStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-store-'));
  const file = join(folder, 'lvlin.sqlite');
  const vault = new Vault(newKey());
  await prepareSqlite(file, vault);
  const ids = createIdSource(Date.now);
  const store = openSqliteStore({ file, vault, newId: () => ids.next() });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, vault, folder, close };
}
