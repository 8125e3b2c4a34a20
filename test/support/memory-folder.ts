/** What tests write goes to memory where the system has room for it there: thousands of syncs then cost nothing. */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
// Two database servers at a time, each with some hundred databases of 8 MB.
const ROOM_BYTES = 4 * 1024 ** 3;

/** Before all tests, once; the processes that run them inherit the place. */
export function setup(): (() => void) | undefined {
  if (process.env.TESTS_KEEP_IN !== undefined || !hasRoom()) return undefined;
  process.env.TESTS_KEEP_IN = tmpdir();
  const folder = mkdtempSync(join(MEMORY, 'lvlin-tests-'));
  // The account that PostgreSQL runs as has its folder in it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM_BYTES && freemem() > 2 * ROOM_BYTES;
}
