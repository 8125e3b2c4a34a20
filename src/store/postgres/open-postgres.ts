/** The PostgreSQL side of `openStore`, loaded only where it is used. */
import type { Store } from '../store.ts';
import type { PostgresParts } from './postgres-sessions.ts';
import { openPostgresStore } from './postgres-store.ts';
import { type PreparePostgresOptions, preparePostgres } from './prepare-postgres.ts';

export async function openPostgres(
  url: string,
  { vault, newId, poolSize, patience, backupFolder, onProgress }: Omit<PostgresParts, 'url'> & PreparePostgresOptions,
): Promise<Store> {
  await preparePostgres(url, {
    vault,
    ...(backupFolder === undefined ? {} : { backupFolder }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return openPostgresStore({
    url,
    vault,
    newId,
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(patience === undefined ? {} : { patience }),
  });
}
