/**
 * Killing a process leaves its last writes with the system; a power cut does not. Here the disk is made as it would be
 * had the power gone at any moment: what was not synced is there, half there or not there, by chance.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { PoweredDisk, readDiary } from '../support/disk-diary.ts';
import { SWEEP_MAY_TAKE_MS, sweep } from '../support/kill-sweep.ts';
import { buildPreload, whyNoPreload } from '../support/preload/build-preload.ts';
import { readVillage, TEST_KEY, wrongs } from './store-village.ts';

const noPreload = whyNoPreload();
if (noPreload !== null) console.warn(`power cuts are not tested: ${noPreload}`);

const CUTS = 80;

test.runIf(noPreload === null)(
  `after ${CUTS} power cuts every promise is kept, once`,
  async () => {
    const program = {
      script: join(import.meta.dirname, 'store-writer.ts'),
      preload: buildPreload('disk-diary'),
      args: (folder: string) => [
        ...['--url', `sqlite:${join(folder, 'lvlin.sqlite')}`],
        ...['--promises', join(folder, 'promises'), '--each', '60'],
      ],
      env: (folder: string) => ({ LVLIN_DIARY: join(folder, '.diary') }),
    };
    let promised = 0;
    await sweep(program, ['never'], async ({ folder }) => {
      const entries = readDiary(readFileSync(join(folder, '.diary')));
      const disk = new PoweredDisk();
      const first = entries.findIndex((entry) => entry.data.toString('latin1').startsWith('pledge'));
      const step = (entries.length - first) / CUTS;
      let next = first + step;
      for (const [index, entry] of entries.entries()) {
        disk.note(entry);
        if (index + 1 < Math.floor(next)) continue;
        next += step;
        promised += await promisedWhenPowerGoes(disk, `after entry ${index} of ${entries.length}`);
      }
    });
    expect(promised).toBeGreaterThan(1_000);
  },
  SWEEP_MAY_TAKE_MS,
);

async function promisedWhenPowerGoes(disk: PoweredDisk, where: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-power-'));
  const file = join(folder, 'lvlin.sqlite');
  try {
    disk.cutPower(folder, Math.random, ['promises']);
    const lines = readFileSync(join(folder, 'promises'), 'utf8').split('\n').slice(0, -1);
    const store = await openStore(`sqlite:${file}`, { vault: new Vault(keyFromBase64(TEST_KEY)), newId: () => 'x' });
    const records = await store.read(readVillage);
    await store.close();
    const database = new Database(file);
    const integrity = database.pragma('integrity_check', { simple: true });
    database.close();
    expect.soft({ where, integrity, wrongs: wrongs(lines, records) }).toEqual({ where, integrity: 'ok', wrongs: [] });
    return lines.filter((line) => line.startsWith('pledge') || line.startsWith('joined')).length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
