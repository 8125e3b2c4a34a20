/** Compiles a shim that is loaded before a program and changes what the disk does to it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { lastingFolder } from '../lasting-folder.ts';

/** Why no shim can be used here, or `null`. */
export function whyNoPreload(): string | null {
  if (process.platform !== 'linux') return 'LD_PRELOAD is a thing of Linux';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no C compiler (cc)';
  }
}

/** The path of the compiled shim, for LD_PRELOAD. */
export function buildPreload(name: 'fault' | 'slow-sync' | 'disk-diary'): string {
  const library = join(mkdtempSync(join(lastingFolder(), 'lvlin-preload-')), `${name}.so`);
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, join(import.meta.dirname, `${name}.c`), '-ldl']);
  return library;
}
