/** One bot against the platform, both in processes of their own. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Finish, type Order, Platform, type PlatformOptions } from './platform-messages.ts';

export interface Contestant {
  readonly name: string;
  readonly program: string;
}

export interface Race {
  readonly platform: PlatformOptions;
  readonly order: Order;
  /** For the bot alone, e.g. what makes its disk slow. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Result extends Finish {
  readonly perSecond: number;
}

export const OURS: Contestant = { name: 'ours', program: join(import.meta.dirname, 'our-bot.ts') };
/** 2,000 people in 100 groups. */
export const TOWN: PlatformOptions = { groups: 100, people: 2_000 };

/** Fresh processes and a fresh folder each time. */
export async function run({ program }: Contestant, { platform, order, env }: Race): Promise<Result> {
  const server = fork(join(import.meta.dirname, 'platform-process.ts'), [JSON.stringify(platform)]);
  const opened = Platform.parse(await nextMessage(server));
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-race-'));
  const told = { PLATFORM: JSON.stringify(opened), FOLDER: folder };
  const bot = fork(program, {
    env: { ...process.env, ...env, ...told },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    await nextMessage(bot);
    const finished = nextMessage(server);
    server.send(order);
    bot.send('go');
    const finish = Finish.parse(await Promise.race([finished, ended(bot)]));
    return { ...finish, perSecond: finish.answered / (finish.ms / 1_000) };
  } finally {
    bot.kill('SIGKILL');
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return Promise.race([new Promise((resolve) => child.once('message', resolve)), ended(child)]);
}

function ended(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    child.once('exit', (code) => reject(new Error(`a process of the benchmark ended with ${code}`)));
  });
}
