/** Bots and server are killed while people pledge: what was promised is there, once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { type KillPoint, killEach, SWEEP_MAY_TAKE_MS } from '../support/kill-sweep.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { readVillage, TEST_KEY, wrongs } from './store-village.ts';

const script = join(import.meta.dirname, 'store-writer.ts');
const vault = new Vault(keyFromBase64(TEST_KEY));

let server: PostgresServer;
let template: string;
beforeAll(async () => {
  server = await startPostgresServer({ syncs: true });
  template = await server.newDatabase();
  const store = await openStore(template, { vault, newId: () => '' });
  await store.close();
});
afterAll(() => server.stop());

async function whatIsWrong(url: string, lines: readonly string[]): Promise<string[]> {
  const store = await openStore(url, { vault, newId: () => '' });
  const found = wrongs(lines, await store.read(readVillage));
  await store.close();
  return found;
}

test(
  'a bot killed 30 times leaves every promise kept, once',
  async () => {
    const points: KillPoint[] = Array.from({ length: 30 }, () => ({ afterMs: Math.random() * 60 }));
    const urls = new Map<string, string>();
    const prepare = async (folder: string) => {
      urls.set(folder, await server.newDatabase(template));
    };
    const args = (folder: string) => ['--url', urls.get(folder) ?? '', '--each', '500'];
    await killEach({ script, args, prepare }, points, async (run) => {
      const wrong = await whatIsWrong(urls.get(run.folder) ?? '', run.lines);
      expect.soft({ point: run.point, wrong, errors: run.errors }).toEqual({ point: run.point, wrong: [], errors: '' });
    });
  },
  SWEEP_MAY_TAKE_MS,
);

test(
  'when the server falls three times, every promise is kept, once, and the same bot goes on',
  async () => {
    // One of its own: after a fall every file of a server is synced, and this one has few.
    const falling = await startPostgresServer({ syncs: true });
    const url = await falling.newDatabase();
    const writer = spawn(process.execPath, [script, '--url', url, '--each', '400'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(writer, 'exit');
    const lines: string[] = [];
    const printed = createInterface({ input: writer.stdout }).on('line', (line) => lines.push(line));
    const promises = () => lines.filter((line) => line.startsWith('pledge')).length;
    for (let falls = 1; falls <= 3; falls += 1) {
      const soFar = promises();
      while (promises() < soFar + 100 && writer.exitCode === null) await Promise.race([once(printed, 'line'), exited]);
      await falling.stopAtOnce();
      await falling.start();
    }
    const [code] = await exited;
    expect([code, lines.at(-1)]).toEqual([0, 'closed']);
    const faults = new Set(lines.filter((line) => line.startsWith('fault')));
    // Whoever was told that nobody knows, or that nobody was there, was told so by name.
    expect(['fault commit-unknown', 'fault database-unreachable']).toEqual(expect.arrayContaining([...faults]));
    expect(await whatIsWrong(url, lines)).toEqual([]);
    await falling.stop();
  },
  SWEEP_MAY_TAKE_MS,
);
