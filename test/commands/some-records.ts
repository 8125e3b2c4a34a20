/** A home with a key and a database that holds one community with one member of staff. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyToBase64, newKey } from '../../src/lib/encryption.ts';
import { createIdSource } from '../../src/lib/id.ts';
import { CommunitySettings } from '../../src/model/community.ts';
import { insertCommunity } from '../../src/store/community-table.ts';
import { openStore } from '../../src/store/open-store.ts';
import { insertStaff } from '../../src/store/staff-table.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';

export interface SomeRecords {
  readonly home: string;
  readonly databaseUrl: string;
  /** The records, opened and closed again. */
  readonly write: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly open: () => Promise<Store>;
  readonly remove: () => void;
}

export const SOME_COMMUNITY = 'some-community-00001';

export async function someRecords(): Promise<SomeRecords> {
  const home = mkdtempSync(join(tmpdir(), 'lvlin-home-'));
  const databaseUrl = `sqlite:${join(home, 'lvlin.sqlite')}`;
  const key = newKey();
  const vault = new Vault(key);
  writeFileSync(join(home, 'secret.key'), `${keyToBase64(key)}\n`, { mode: 0o600 });
  const ids = createIdSource(Date.now);
  const open = () => openStore(databaseUrl, { vault, newId: () => ids.next() });
  async function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const store = await open();
    try {
      return await store.write(work);
    } finally {
      await store.close();
    }
  }
  await write((tx) => furnish(tx, vault));
  return { home, databaseUrl, write, open, remove: () => rmSync(home, { recursive: true, force: true }) };
}

async function furnish(tx: Transaction, vault: Vault): Promise<void> {
  const now = new Date();
  await insertCommunity(tx, {
    id: SOME_COMMUNITY,
    name: '示范社区',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({}),
    wrappedKey: vault.newCommunityKey(SOME_COMMUNITY),
    now,
  });
  await insertStaff(tx, {
    communityId: SOME_COMMUNITY,
    login: 'wang',
    displayName: '小王',
    role: 'admin',
    passwordIsInitial: false,
    passwordHash: 'none',
    now,
  });
}
