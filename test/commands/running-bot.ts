/** A bot as a process of its own, with what can be seen of it from outside: its lines, its figures, its CPU. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { ChannelName } from '../../src/model/channel-name.ts';
import { freePort } from '../support/free-port.ts';
import { type Settings, startLvlin } from './run-lvlin.ts';

export interface RunningBot {
  readonly settings: Settings;
  readonly home: string;
  readonly url: string;
  /** All it has written so far. */
  readonly lines: () => string;
  /** `state/trouble` of the only account of a platform, as /metrics tells it. */
  readonly stands: (channel: ChannelName) => Promise<string>;
  readonly comesToStand: (channel: ChannelName, how: string) => Promise<void>;
  /** Of all processors, in seconds, since it began. */
  readonly cpuSeconds: () => number;
  /** The exit code. */
  readonly stop: () => Promise<number | null>;
}

const PATIENCE = { timeout: 30_000, interval: 50 };

export async function startBot(given: Settings): Promise<RunningBot> {
  const home = mkdtempSync(join(tmpdir(), 'lvlin-troubles-'));
  const port = await freePort();
  const settings = { LVLIN_HOME: home, PORT: `${port}`, ...given };
  const child = startLvlin(['start'], settings);
  let lines = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      lines += data;
    });
  }
  const closed = once(child, 'close');
  const url = `http://127.0.0.1:${settings.PORT}`;
  const stands: RunningBot['stands'] = async (channel) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const found = new RegExp(`lvlin_accounts\\{channel="${channel}",state="([^"]*)",trouble="([^"]*)"\\}`).exec(text);
    return found === null ? 'none' : [found[1], found[2]].filter((part) => part !== '').join('/');
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await closed;
    return typeof code === 'number' ? code : null;
  };
  onTestFinished(async () => {
    if (child.exitCode === null) await stop();
    rmSync(home, { recursive: true, force: true });
  });
  await vi.waitFor(() => expect(lines).toContain('Ctrl+C'), PATIENCE);
  return {
    settings,
    home,
    url,
    lines: () => lines,
    stands,
    comesToStand: (channel, how) => vi.waitFor(async () => expect(await stands(channel)).toBe(how), PATIENCE),
    cpuSeconds: () => cpuSeconds(child.pid ?? 0),
    stop,
  };
}

// Of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, with the usual clock of 100 ticks.
const TICK = 0.01;

function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
