/** Can the bot write where it is to write, and is there room? */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

const MEGABYTE = 1_000_000;
// A year of a community of ten thousand takes about 100 MB; logs, backups and exports lie beside it.
const LITTLE_MB = 500;
// Less than one upgrade with its backup needs.
const TOO_LITTLE_MB = 50;

export async function checkHome(home: string): Promise<Finding[]> {
  const folder = nearestExisting(home);
  return [writing(home, folder), await room(folder)];
}

/** The folder that stands in the way of writing to `home`, or `null`. */
export function unwritableFolder(home: string): string | null {
  const folder = nearestExisting(home);
  return mayWrite(folder) ? null : folder;
}

/** Before the first start the folder is not there yet; then the one it will be made in counts. */
function nearestExisting(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestExisting(parent);
}

function writing(home: string, folder: string): Finding {
  if (!mayWrite(folder)) return finding('home', 'bad', say('doctor.home-not-writable', { folder }));
  const isThere = folder === home;
  return finding('home', 'good', say(isThere ? 'doctor.home-good' : 'doctor.home-new', { folder: home }));
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

async function room(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / MEGABYTE);
  if (megabytes < TOO_LITTLE_MB) return finding('disk', 'bad', say('doctor.disk-full', { megabytes, folder }));
  if (megabytes < LITTLE_MB) return finding('disk', 'warning', say('doctor.disk-low', { megabytes, folder }));
  return finding('disk', 'good', say('doctor.disk-good', { gigabytes: (megabytes / 1_000).toFixed(1) }));
}
