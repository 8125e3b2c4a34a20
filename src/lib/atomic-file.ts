/** Writes a file whole or not at all, whenever the plug is pulled. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ErrorCode, LvlinError } from '../model/errors.ts';

// These files hold settings, tokens and keys: for the owner alone.
const OWNER_ONLY = 0o600;

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  ENOENT: 'folder-not-writable',
};

/** When it returns, the new content is on the disk under this name; before that, the old one is. */
export async function writeFileWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeSynced(temporary, content);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(temporary, { force: true });
    throw faultOf(file, cause);
  }
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without this the new name can be lost with the power although the content was written. */
async function syncFolder(folder: string): Promise<void> {
  // Windows neither needs it nor lets a folder be opened.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function faultOf(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? CODES[String(cause.code)] : undefined;
  return code === undefined ? cause : new LvlinError(code, { file }, { cause });
}
