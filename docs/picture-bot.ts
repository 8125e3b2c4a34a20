/** A bot on an empty home of its own, at a fixed time, for the pictures of the handbook. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// A Friday morning: a tip is due, and both activities of the sample are ahead.
const AT = '2026-11-20T08:35:00+08:00';

export interface PictureBot {
  readonly url: string;
  readonly setupCode: string;
  stop(): Promise<void>;
}

export async function startPictureBot(): Promise<PictureBot> {
  const home = await mkdtemp(join(tmpdir(), 'lvlin-pictures-'));
  const port = (await isFree(USUAL_PORT)) ? USUAL_PORT : await freePort();
  // As a committee has it whose residents are in the same network; the browser here takes the way inside.
  await writeFile(join(home, 'settings.json'), JSON.stringify({ port, publicUrl: `http://192.168.1.5:${USUAL_PORT}` }));
  const clock = resolve(import.meta.dirname, 'fixed-clock.ts');
  const main = resolve(import.meta.dirname, '../src/main.js');
  const env = { PATH: process.env.PATH ?? '', LVLIN_HOME: home, PICTURES_AT: AT };
  const bot = spawn(process.execPath, ['--import', clock, main, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise<void>((ready, fail) => {
    bot.stdout.on('data', (data) => {
      said += data;
      if (said.includes('Ctrl+C')) ready();
    });
    bot.once('close', (code) => fail(new Error(`the bot ended with ${code}: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    setupCode: /[0-9a-z]{4}-[0-9a-z]{4}/.exec(said.split('code').at(-1) ?? '')?.[0] ?? '',
    stop: async () => {
      bot.kill('SIGTERM');
      await once(bot, 'close');
      await rm(home, { recursive: true, force: true });
    },
  };
}

const USUAL_PORT = 8787;

async function isFree(port: number): Promise<boolean> {
  return freePort(port).then(
    () => true,
    () => false,
  );
}

async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
