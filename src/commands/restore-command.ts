/** `restore`: the records of a backup, all or none, with the bot stopped. */
import { dirname, join, resolve } from 'node:path';
import { eraseAgain, erasedListIn } from '../joints/erased-list.ts';
import { systemClock } from '../lib/clock.ts';
import { isLvlinError } from '../model/errors.ts';
import { pruneBackups } from '../store/backup/prune-backups.ts';
import { isFresh } from '../store/beside.ts';
import { readMasterKey } from '../store/master-key.ts';
import { restore } from '../store/portable-backup.ts';
import { Vault } from '../store/vault.ts';
import { backUpTo, usualFile } from './backup-command.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { progressOnScreen } from './progress-line.ts';
import { besideStore } from './records.ts';

/** With `--replace` what is there is kept in a backup of its own first; where that fails, nothing is replaced. */
export async function restoreBackup(
  context: CommandContext,
  named: string,
  { replace = false }: { readonly replace?: boolean },
): Promise<ExitCode> {
  const { config, speak, print, tell } = context;
  const { databaseUrl, secretKey, keyFile } = config;
  // A new key would open nothing of what is restored.
  const vault = new Vault(readMasterKey({ given: secretKey, file: keyFile, recordsExist: true }));
  const now = systemClock.now();
  if (replace && !isFresh(databaseUrl)) {
    const before = usualFile(config, 'before-restore', now);
    await backUpTo(context, before);
    pruneBackups(dirname(before), 'before-restore-');
    print(speak(say('restore.kept', { file: before })));
  }
  const progress = progressOnScreen(speak);
  try {
    const onProgress = ({ done, total }: { done: number; total: number }) => progress.at(done, total);
    const header = await restore(databaseUrl, resolve(named), { vault, now, replace, onProgress });
    progress.end();
    await eraseAgain(besideStore(config), erasedListIn(config.home), new Date(header.createdAt), now);
    const rows = Object.values(header.counts).reduce((sum, count) => sum + count, 0);
    print(speak(say('restore.done', { rows, made: header.createdAt.slice(0, 10) })));
    return EXIT.ok;
  } catch (error) {
    // The usual advice for a broken file, to put it aside, would be wrong for a file that is somebody else's.
    if (!isLvlinError(error, 'file-broken')) throw error;
    progress.end();
    tell(speak(say('restore.no-backup', { file: resolve(named), folder: join(config.home, 'backups') })));
    return EXIT.fault;
  } finally {
    progress.end();
  }
}
