/** Carries what is committed from the write-ahead log into the database file, on a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const file = String(workerData.file);
const database = new Database(file, { timeout: 5_000 });
database.pragma('synchronous = FULL');

parentPort?.on('message', (wanted: unknown) => {
  if (wanted === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  // PASSIVE never makes a writer wait.
  const [outcome] = [database.pragma('wal_checkpoint(PASSIVE)')].flat();
  parentPort?.postMessage(outcome);
});
