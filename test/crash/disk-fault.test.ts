/** The disk fills up or fails while people pledge: they hear of it, nothing that was promised is lost, and it goes on afterwards. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { type FinishedRun, type Program, spread, sweep } from '../support/kill-sweep.ts';
import { buildPreload, whyNoPreload } from '../support/preload/build-preload.ts';
import { readVillage, TEST_KEY, wrongs } from './store-village.ts';

const noPreload = whyNoPreload();
if (noPreload !== null) console.warn(`failing disks are not tested: ${noPreload}`);

async function check(run: FinishedRun): Promise<void> {
  const url = `sqlite:${join(run.folder, 'lvlin.sqlite')}`;
  const store = await openStore(url, { vault: new Vault(keyFromBase64(TEST_KEY)), newId: () => 'x' });
  const records = await store.read(readVillage).catch(() => ({ pledges: [], signUps: [], counted: 0, taken: 0 }));
  await store.close();
  expect.soft({ point: run.point, wrongs: wrongs(run.lines, records) }).toEqual({ point: run.point, wrongs: [] });
}

test.runIf(noPreload === null).each([
  ['enospc', 'disk-full'],
  ['eio', 'disk-failed'],
] as const)(
  '%s is told as %s wherever it strikes, and when it is over the same process goes on',
  async (fault, code) => {
    const program: Program = {
      script: join(import.meta.dirname, 'store-writer.ts'),
      args: (folder) => ['--url', `sqlite:${join(folder, 'lvlin.sqlite')}`, '--writers', '4', '--each', '12'],
      preload: buildPreload('fault'),
    };
    let calls = 0;
    await sweep(program, ['never'], (run) => {
      calls = run.calls ?? 0;
    });
    const failing: Program = {
      ...program,
      env: () => ({ LVLIN_FAULT_DO: fault }),
      onLine: (line, folder) => {
        if (line.startsWith('fault')) writeFileSync(join(folder, 'disk-is-well'), '');
      },
    };
    let recovered = 0;
    await sweep(failing, spread(24, calls), async (run) => {
      const faults = run.lines.filter((line) => line.startsWith('fault'));
      expect
        .soft(
          faults.every((line) => line === `fault ${code}`),
          faults.join(),
        )
        .toBe(true);
      if (!run.lines.includes('ready')) expect.soft(run.errors).toMatch(/LvlinError: disk-(full|failed)/);
      else if (faults.length > 0) {
        expect.soft(run.lines.at(-1)).toBe('closed');
        const afterwards = run.lines.slice(run.lines.lastIndexOf(`fault ${code}`));
        expect.soft(afterwards.some((line) => line.startsWith('pledge'))).toBe(true);
        recovered += 1;
      }
      await check(run);
    });
    expect(recovered).toBeGreaterThan(0);
  },
  120_000,
);
