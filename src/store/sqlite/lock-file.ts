/** Takes the lock that goes with a database file. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuseNetworkDrive } from './local-disk.ts';
import { ProcessLock } from './process-lock.ts';
import { withSqliteFaults } from './sqlite-fault.ts';

/** Makes the folder where it is missing. Throws `already-running`, `database-on-network` or `folder-not-writable`. */
export function lockSqliteFile(file: string): Promise<ProcessLock> {
  return withSqliteFaults(file, async () => {
    const folder = dirname(file);
    mkdirSync(folder, { recursive: true });
    refuseNetworkDrive(folder);
    return ProcessLock.take(`${file}.lock`);
  });
}
