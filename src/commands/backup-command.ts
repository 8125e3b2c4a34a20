/** `backup`: all records into one file, while the bot may be running. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { isFresh } from '../store/beside.ts';
import { backUp } from '../store/portable-backup.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { progressOnScreen } from './progress-line.ts';

export async function makeBackup(context: CommandContext, named: string | undefined): Promise<ExitCode> {
  const { config, speak, print, tell } = context;
  if (isFresh(config.databaseUrl)) {
    tell(speak(say('backup.nothing')));
    return EXIT.fault;
  }
  const file = named === undefined ? usualFile(config, 'lvlin', systemClock.now()) : resolve(named);
  if (existsSync(file)) {
    tell(speak(say('backup.exists', { file })));
    return EXIT.fault;
  }
  print(speak(say('backup.made', { file, rows: await backUpTo(context, file) })));
  print(speak(say('backup.key', { key: config.keyFile })));
  return EXIT.ok;
}

/** Gives how many rows are in it. */
export async function backUpTo({ config, speak }: CommandContext, file: string): Promise<number> {
  const progress = progressOnScreen(speak);
  mkdirSync(dirname(file), { recursive: true });
  try {
    const onProgress = ({ done, total }: { done: number; total: number }) => progress.at(done, total);
    const { counts } = await backUp(config.databaseUrl, file, { now: systemClock.now(), onProgress });
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    progress.end();
  }
}

/** Where backups lie that nobody gave a name: sorted by name they are sorted by time. */
export function usualFile({ home }: Config, name: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return join(home, 'backups', `${name}-${stamp}.lvlin-backup`);
}
