/** The plug is pulled at hundreds of moments while people pledge and sign up: what was promised is there, once. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { type FinishedRun, type KillPoint, type Program, spread, sweep } from '../support/kill-sweep.ts';
import { buildPreload, whyNoPreload } from '../support/preload/build-preload.ts';
import { readVillage, TEST_KEY, wrongs } from './store-village.ts';

const script = join(import.meta.dirname, 'store-writer.ts');
const noPreload = whyNoPreload();
if (noPreload !== null) console.warn(`kills in the middle of a disk call are not tested: ${noPreload}`);

function writer(preload?: string): Program {
  const args = (folder: string) => ['--url', `sqlite:${join(folder, 'lvlin.sqlite')}`];
  return preload === undefined ? { script, args } : { script, args, preload };
}

/** Opens what is left as the next start would, and looks at everything. */
async function check(run: FinishedRun): Promise<void> {
  const file = join(run.folder, 'lvlin.sqlite');
  const store = await openStore(`sqlite:${file}`, { vault: new Vault(keyFromBase64(TEST_KEY)), newId: () => 'x' });
  const records = await store.read(readVillage);
  await store.close();
  const database = new Database(file);
  const integrity = database.pragma('integrity_check', { simple: true });
  const orphans = database.pragma('foreign_key_check');
  database.close();
  const where = JSON.stringify(run.point);
  expect.soft({ where, integrity, orphans, wrongs: wrongs(run.lines, records), errors: run.errors }).toEqual({
    where,
    integrity: 'ok',
    orphans: [],
    wrongs: [],
    errors: '',
  });
}

test.runIf(noPreload === null)(
  'killed in the middle of 210 disk calls, no promise is lost and none is kept twice',
  async () => {
    const program = writer(buildPreload('fault'));
    let calls = 0;
    await sweep(program, ['never'], (run) => {
      calls = run.calls ?? 0;
      expect(run.lines.at(-1)).toBe('closed');
    });
    let killed = 0;
    let promised = 0;
    await sweep(program, spread(210, calls), async (run) => {
      if (run.wasKilled) killed += 1;
      promised += run.lines.length;
      await check(run);
    });
    // Batches fall together differently in each run, so the last few calls may never come.
    expect(killed).toBeGreaterThanOrEqual(200);
    expect(promised).toBeGreaterThan(0);
  },
  180_000,
);

test('killed at 100 random moments, no promise is lost and none is kept twice', async () => {
  const points: KillPoint[] = Array.from({ length: 100 }, () => ({ afterMs: Math.random() * 60 }));
  const program = writer();
  const busy: Program = { ...program, args: (folder) => [...(program.args?.(folder) ?? []), '--each', '500'] };
  let killed = 0;
  await sweep(busy, points, async (run) => {
    if (run.wasKilled) killed += 1;
    await check(run);
  });
  expect(killed).toBe(100);
}, 180_000);
