/** Starting for real: what it says, how it ends, and what it refuses before anything is written. */
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyToBase64, newKey } from '../../src/lib/encryption.ts';
import { freePort } from '../support/free-port.ts';
import { runLvlin, type Settings, startLvlin } from './run-lvlin.ts';
import { type SomeRecords, someRecords } from './some-records.ts';

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function running(settings: Settings) {
  const child = startLvlin(['start'], settings);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += data;
      if (said.includes('Ctrl+C')) resolve();
    });
    child.once('close', (code) => reject(new Error(`ended with ${code} after: ${said}`)));
  });
  const stop = async (...signals: NodeJS.Signals[]) => {
    for (const signal of signals) child.kill(signal);
    const [code] = await once(child, 'close');
    return code;
  };
  return { said, stop };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lvlin-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a first start', () => {
  it('gives the addresses and the code, and stops when asked', async () => {
    const port = await freePort();
    const bot = await running({ LVLIN_HOME: join(folder, 'home'), PORT: `${port}` });
    for (const page of ['/c/', '/simulator', '/admin']) expect(bot.said).toContain(`http://127.0.0.1:${port}${page}`);
    expect(bot.said).toMatch(/setup code\)：[0-9a-z]{4}-[0-9a-z]{4}/);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    const checkUp = await runLvlin(['doctor'], { LVLIN_HOME: join(folder, 'home'), PORT: `${port}` });
    expect(checkUp.out).toContain(`✓ 绿邻正开着：http://127.0.0.1:${port}`);
    expect(checkUp.out).toContain('还没到点的通知有 0 个');
    expect(bot.said).toContain('只有这台电脑打得开');
    expect(await bot.stop('SIGTERM')).toBe(0);
  });

  it('stops soon though pages are open on it, and shows its figures to nobody outside', async () => {
    const port = await freePort();
    const bot = await running({ LVLIN_HOME: join(folder, 'home'), PORT: `${port}` });
    const here = `http://127.0.0.1:${port}`;
    expect((await fetch(`${here}/metrics`)).status).toBe(200);
    expect((await fetch(`${here}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(403);
    const [, page = ''] = /(\/c\/[\w-]+)/.exec(bot.said) ?? [];
    const cookie = (await fetch(here + page)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const streams = await Promise.all([1, 2, 3].map(() => fetch(`${here}${page}/events`, { headers: { cookie } })));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
    const before = performance.now();
    expect(await bot.stop('SIGTERM')).toBe(0);
    expect(performance.now() - before).toBeLessThan(20_000);
    for (const stream of streams) expect(await stream.text()).toContain('event: hello');
  });

  it('is refused while another one runs here, whichever port it is given', async () => {
    const settings = { LVLIN_HOME: join(folder, 'home'), PORT: `${await freePort()}` };
    const bot = await running(settings);
    const same = await runLvlin(['start'], settings);
    expect(same.code).toBe(1);
    expect(same.err).toContain('已经开着了');
    const other = await runLvlin(['start'], { ...settings, PORT: `${await freePort()}` });
    expect(other.code).toBe(1);
    expect(other.err).toMatch(/已经开着了（进程 \d+）/);
    const elsewhere = await runLvlin(['start'], { ...settings, LVLIN_HOME: join(folder, 'another') });
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.err).toContain('另一个绿邻');
    // As Ctrl+C arrives under npm.
    expect(await bot.stop('SIGINT', 'SIGINT')).toBe(0);
  });
});

describe('a start with settings made in the browser', () => {
  it('is found where they say, and on this computer as ever', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const port = await freePort();
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ port, publicUrl: 'https://lvlin.example.org' }));
    const bot = await running({ LVLIN_HOME: home });
    expect(bot.said).toContain('https://lvlin.example.org/c/');
    expect(bot.said).toContain(`http://127.0.0.1:${port}/admin`);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    expect(await bot.stop('SIGTERM')).toBe(0);
  });
});

describe('a start with a table of its own', () => {
  it('answers as that table says, not as the one it came with', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const heading = readFileSync('data/waste-guide.csv', 'utf8').split(/\r?\n/, 1)[0] ?? '';
    writeFileSync(
      join(home, 'waste-override.csv'),
      `${heading}\no1,大骨头,,可回收物,送到南门骨头站,,,,sure,own,2026-11-20\n`,
    );
    const port = await freePort();
    const bot = await running({ LVLIN_HOME: home, PORT: `${port}` });
    const simulator = await fetch(`http://127.0.0.1:${port}/simulator`);
    const said = { id: 'client-0001', as: '1', place: 'private', text: '大骨头扔哪' };
    const answer = await fetch(`${simulator.url}/say`, {
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}` },
      body: new URLSearchParams(said),
    });
    expect(await answer.text()).toContain('送到南门骨头站');
    expect(await bot.stop('SIGTERM')).toBe(0);
  });
});

describe('a start that cannot be', () => {
  async function refused(settings: Settings): Promise<string> {
    const home = join(folder, 'home');
    const ran = await runLvlin(['start'], { LVLIN_HOME: home, PORT: `${await freePort()}`, ...settings });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(existsSync(home)).toBe(false);
    expect(ran.err).not.toContain('    at ');
    return ran.err;
  }

  it('names the port that another program holds', async () => {
    const { server, port } = await listening();
    expect(await refused({ PORT: `${port}` })).toContain(`${port}`);
    server.close();
  });

  it('names an address that is not of this machine', async () => {
    expect(await refused({ HOST: '192.0.2.1' })).toContain('192.0.2.1');
  });

  it('names the line of a table that is broken', async () => {
    const content = join(folder, 'content');
    for (const name of ['data', 'prompts']) cpSync(name, join(content, name), { recursive: true });
    appendFileSync(join(content, 'data/tips.csv'), 'broken\n');
    expect(await refused({ LVLIN_CONTENT: content })).toMatch(/data\/tips\.csv 第 \d+ 行/);
  });

  it('names the database server that does not answer, without its password', async () => {
    const said = await refused({ DATABASE_URL: 'postgres://lvlin:hunter2@127.0.0.1:1/records' });
    expect(said).toContain('127.0.0.1:1/records');
    expect(said).not.toContain('hunter2');
  });

  it('names the folder that cannot be written', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(await refused({ LVLIN_HOME: join(folder, 'a-file', 'home') })).toContain(join(folder, 'a-file'));
  });

  it('names the setting that was meant', async () => {
    expect(await refused({ LVLIN_HOEM: folder })).toContain('LVLIN_HOME');
  });
});

describe('a start on records that are there', () => {
  let records: SomeRecords;
  let before: Buffer;
  beforeEach(async () => {
    records = await someRecords();
    before = readFileSync(join(records.home, 'lvlin.sqlite'));
  });
  afterEach(() => records.remove());

  async function refusedUntouched(settings: Settings): Promise<string> {
    const ran = await runLvlin(['start'], { LVLIN_HOME: records.home, PORT: `${await freePort()}`, ...settings });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(readFileSync(join(records.home, 'lvlin.sqlite')).equals(before)).toBe(true);
    return ran.err;
  }

  it('is refused with another key', async () => {
    const key = keyToBase64(newKey());
    const said = await refusedUntouched({ LVLIN_SECRET_KEY: key });
    expect(said).toContain('密钥不是写这些记录的那一把');
    expect(said).not.toContain(key);
  });

  it('is refused without their key, and makes no new one', async () => {
    rmSync(join(records.home, 'secret.key'));
    expect(await refusedUntouched({})).toContain('secret.key');
    expect(readdirSync(records.home)).not.toContain('secret.key');
  });

  it('is refused with half a key', async () => {
    const file = join(records.home, 'secret.key');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    expect(await refusedUntouched({})).toContain('密钥不完整');
  });

  it('is refused on a file that is no database', async () => {
    writeFileSync(join(records.home, 'lvlin.sqlite'), 'x'.repeat(5_000));
    before = readFileSync(join(records.home, 'lvlin.sqlite'));
    expect(await refusedUntouched({})).toContain('restore');
  });
});
