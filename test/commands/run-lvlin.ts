/** Runs the command line as people do: as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export type Settings = Readonly<Record<string, string>>;

/** Runs to its end. Settings of this machine's own environment do not reach it. */
export async function runLvlin(args: readonly string[], settings: Settings, input = ''): Promise<Ran> {
  const child = startLvlin(args, settings);
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
}

export function startLvlin(args: readonly string[], settings: Settings): ChildProcessWithoutNullStreams {
  const node = resolve('node_modules/.bin/node');
  return spawn(node, [resolve('src/main.js'), ...args], { env: { PATH: process.env.PATH ?? '', ...settings } });
}
