/**
 * The plug is pulled while people pledge and sign up: what was promised is there, once. The whole bot on this store is
 * killed three hundred times in `bot-crash.test.ts`.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import {
  type FinishedRun,
  type KillPoint,
  killEach,
  type Program,
  SWEEP_MAY_TAKE_MS,
  spread,
  sweep,
} from '../support/kill-sweep.ts';
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
  'killed in the middle of 70 disk calls, no promise is lost and none is kept twice',
  async () => {
    const program = writer(buildPreload('fault'));
    let calls = 0;
    await sweep(program, ['never'], (run) => {
      calls = run.calls ?? 0;
      expect(run.lines.at(-1)).toBe('closed');
    });
    let promised = 0;
    await killEach(program, spread(70, calls), async (run) => {
      promised += run.lines.length;
      await check(run);
    });
    expect(promised).toBeGreaterThan(0);
  },
  SWEEP_MAY_TAKE_MS,
);

test(
  'killed at 40 random moments, no promise is lost and none is kept twice',
  async () => {
    const points: KillPoint[] = Array.from({ length: 40 }, () => ({ afterMs: Math.random() * 60 }));
    const program = writer();
    const busy: Program = { ...program, args: (folder) => [...(program.args?.(folder) ?? []), '--each', '500'] };
    await killEach(busy, points, check);
  },
  SWEEP_MAY_TAKE_MS,
);
