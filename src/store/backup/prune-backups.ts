/** Backups that the program makes by itself, before upgrades and restores, do not fill the disk: the newest few are kept. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const KEPT = 7;

/** Files of this folder whose name begins so; what a person made or named is not touched. */
export function pruneBackups(folder: string, prefix: string): void {
  if (!existsSync(folder)) return;
  const own = readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && !name.endsWith('.half'))
    .map((name) => ({ file: join(folder, name), name, at: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
  for (const { file } of own.slice(KEPT)) rmSync(file, { force: true });
}
