/** The full path on a disk whose sync takes 5 ms, as on a plain disk of a cheap server. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { buildPreload, whyNoPreload } from '../test/support/preload/build-preload.ts';
import { Finding } from './figure.ts';

const SYNC_TAKES_MS = 5;

/** The same load in a process in which every sync is slow. */
export async function measure(): Promise<Finding> {
  const reason = whyNoPreload();
  if (reason !== null) return { figures: [], notes: [`not measured: ${reason}`] };
  const slow = { LD_PRELOAD: buildPreload('slow-sync'), LVLIN_SYNC_DELAY_MS: String(SYNC_TAKES_MS) };
  const child = fork(join(import.meta.dirname, 'slow-disk-load.ts'), { env: { ...process.env, ...slow } });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(Finding.parse(message)));
    child.once('exit', (code) => reject(new Error(`the load on a slow disk ended with ${code}`)));
  });
}
