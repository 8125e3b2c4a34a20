/** Opens the records of a bot: the key, the store, and at a fresh start the sample community. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { foundSampleCommunity, readSample } from '../community/sample-community.ts';
import { ensureWebGroup, webGroupTitle } from '../community/web-group.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import { createIdSource } from '../lib/id.ts';
import type { RenderText } from '../model/text.ts';
import type { Feature } from '../runtime/feature.ts';
import { syncSchedules } from '../runtime/schedule-sync.ts';
import { pruneBackups } from '../store/backup/prune-backups.ts';
import { listCommunities } from '../store/community-table.ts';
import { parseDatabaseUrl } from '../store/database-url.ts';
import { readMasterKey } from '../store/master-key.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { Vault } from '../store/vault.ts';

export interface Records {
  readonly store: Store;
  readonly vault: Vault;
  /** Where a new master key was put; `null` when there was one. */
  readonly keyFileMade: string | null;
}

export async function openRecords(config: Config): Promise<Records> {
  const { keyFile: file } = config;
  const hadKey = config.secretKey !== null || existsSync(file);
  const vault = new Vault(readMasterKey({ given: config.secretKey, file, recordsExist: recordsExist(config) }));
  const ids = createIdSource(Date.now);
  const store = await openStore(config.databaseUrl, {
    vault,
    newId: () => ids.next(),
    backupFolder: join(config.home, 'backups'),
  });
  pruneUpgradeBackups(config);
  return { store, vault, keyFileMade: hadKey ? null : file };
}

/** A SQLite file's lie beside it, a server's in the folder of backups. */
function pruneUpgradeBackups({ databaseUrl, home }: Config): void {
  const database = parseDatabaseUrl(databaseUrl);
  if (database.dialect === 'sqlite') pruneBackups(dirname(database.file), `${basename(database.file)}.before-`);
  // Named by the number of the step they were made before.
  else pruneBackups(join(home, 'backups'), 'before-0');
}

/** Of a server it is known only once it is open; a wrong key is refused then. */
function recordsExist({ databaseUrl }: Config): boolean {
  const database = parseDatabaseUrl(databaseUrl);
  return database.dialect === 'sqlite' && existsSync(database.file);
}

export interface CommunityParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly features: readonly Feature[];
  readonly render: RenderText;
  readonly config: Pick<Config, 'dataFolder' | 'plan' | 'locale' | 'zone'>;
  readonly clock: Clock;
}

/** Every community has its group on the web and what this version schedules; where there is none yet, the sample community is made. */
export async function prepareCommunities(parts: CommunityParts): Promise<void> {
  const { store, vault, features, render, config } = parts;
  const sample = await readSample(join(config.dataFolder, 'sample-community.yaml'));
  await store.write(async (tx) => {
    const now = parts.clock.now();
    const communities = await listCommunities(tx);
    for (const community of communities) {
      await ensureWebGroup(tx, community, { title: webGroupTitle(render, community), now });
      await syncSchedules(tx, features, community, now);
    }
    if (communities.length > 0) return;
    await foundSampleCommunity(tx, { vault, features, render }, sample, config, now);
  });
}
