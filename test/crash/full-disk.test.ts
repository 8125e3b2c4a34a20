/** The disk under the whole running bot fills up: nobody is told a falsehood, everybody hears what is wrong, and it goes on when there is room. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { SPARING_ALLOCATOR } from '../../src/sparing-start.ts';
import { startLvlin } from '../commands/run-lvlin.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { buildPreload, whyNoPreload } from '../support/preload/build-preload.ts';

const noPreload = whyNoPreload();
if (noPreload !== null) console.warn(`a full disk is not tested: ${noPreload}`);

test.runIf(noPreload === null)(
  'a bot whose disk is full tells residents, terminal and watchman, loses nothing it confirmed, and goes on by itself',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'lvlin-full-'));
    const bot = await openBot(home);
    const lin = await bot.resident();
    expect(await lin.say('我家承诺节水和光盘，3栋2单元501，四口人')).toBe(200);
    expect(await lin.say('对的')).toBe(200);
    await vi.waitFor(async () => expect(await lin.page()).toContain('记好了'), PATIENCE);
    expect(await bot.readiness()).toEqual([200, []]);

    const wang = await bot.resident();
    const zhao = await bot.resident();
    writeFileSync(join(home, 'disk-is-bad'), '');
    const unheard = await Promise.all([
      wang.say('我家承诺光盘，2栋1单元302，两口人'),
      zhao.say('我家承诺节电，1栋1单元101，三口人'),
      lin.say('今天光盘了'),
    ]);
    expect(unheard).toEqual([503, 503, 503]);
    expect(await bot.readiness()).toEqual([503, ['records cannot be written: disk-full']]);
    await vi.waitFor(() => expect(bot.told()).toContain('磁盘满了'), PATIENCE);
    for (const resident of [wang, zhao]) expect(await resident.page()).not.toContain('记下');
    expect(await lin.page()).toContain('记好了');

    rmSync(join(home, 'disk-is-bad'));
    await vi.waitFor(async () => expect(await bot.readiness()).toEqual([200, []]), PATIENCE);
    expect(bot.told()).toContain('又能写进去了');
    expect(bot.told().split('磁盘满了').length).toBe(2);
    for (const words of ['我家承诺光盘，2栋1单元302，两口人', '对的', '我的承诺'])
      expect(await wang.say(words)).toBe(200);
    await vi.waitFor(async () => expect((await wang.page()).split('记好了').length).toBe(2), PATIENCE);
    expect(await lin.say('我的承诺')).toBe(200);
    await vi.waitFor(async () => expect(await lin.page()).toMatch(/节水/), PATIENCE);
    expect(await bot.stop()).toBe(0);
    rmSync(home, { recursive: true, force: true });
  },
);

const Readiness = z.object({ reasons: z.array(z.string()) });

interface Resident {
  /** The status of the answer: 200 is the bot's word that it was heard. */
  say(words: string): Promise<number>;
  page(): Promise<string>;
}

async function openBot(home: string) {
  const port = await freePort();
  const fault = { LVLIN_FAULT_FOLDER: home, LVLIN_FAULT_DO: 'enospc', LD_PRELOAD: buildPreload('fault') };
  // Told beforehand, or the program would begin anew and leave the fault behind.
  const child = startLvlin(['start'], { LVLIN_HOME: home, PORT: String(port), ...fault, ...SPARING_ALLOCATOR });
  let out = '';
  let told = '';
  child.stderr.on('data', (data) => {
    told += data;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      out += data;
      if (out.includes('Ctrl+C')) resolve();
    });
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${told}`)));
  });
  const here = `http://127.0.0.1:${port}`;
  const path = /\/c\/[\w-]+/.exec(out)?.[0] ?? '';
  return {
    told: () => told,
    readiness: async () => {
      const answer = await fetch(`${here}/readyz`);
      return [answer.status, Readiness.parse(await answer.json()).reasons];
    },
    resident: () => newResident(here, path),
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await once(child, 'close');
      return code;
    },
  };
}

/** Somebody who opened the page in a browser of their own. */
async function newResident(here: string, path: string): Promise<Resident> {
  const opened = await fetch(here + path);
  const cookie = (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  let said = 0;
  return {
    say: async (words) => {
      said += 1;
      const body = new URLSearchParams({ text: words, id: `${cookie.slice(-12)}${said}` });
      const headers = { cookie, origin: here, accept: 'application/json' };
      const answer = await fetch(`${here}${path}/say`, { method: 'POST', headers, body });
      await answer.text();
      return answer.status;
    },
    page: async () => (await fetch(here + path, { headers: { cookie } })).text(),
  };
}
