/** The whole bot is killed while residents talk: it goes on as if nothing had happened, and nobody is told twice what is told once. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
import { whatWentWrong } from './second-life.ts';

const script = join(import.meta.dirname, 'talking-bot.ts');
const noPreload = whyNoPreload();
if (noPreload !== null) console.warn(`the bot is not killed in the middle of a disk call: ${noPreload}`);

function talking(preload?: string): Program {
  const args = (folder: string) => [folder];
  return preload === undefined ? { script, args } : { script, args, preload };
}

async function check(run: FinishedRun): Promise<void> {
  const wrongs = await whatWentWrong(`sqlite:${join(run.folder, 'lvlin.sqlite')}`, run);
  const where = JSON.stringify(run.point);
  expect.soft({ where, errors: run.errors, wrongs }).toEqual({ where, errors: '', wrongs: [] });
}

test.runIf(noPreload === null)(
  'killed in the middle of 210 disk calls, every promise is kept and every reply arrives',
  async () => {
    const program = talking(buildPreload('fault'));
    let calls = 0;
    await sweep(program, ['never'], async (run) => {
      calls = run.calls ?? 0;
      expect(run.lines.at(-1)).toBe('stopped');
      await check(run);
    });
    await killEach(program, spread(210, calls), check);
  },
  SWEEP_MAY_TAKE_MS,
);

test(
  'killed at 100 random moments, every promise is kept and every reply arrives',
  async () => {
    const points: KillPoint[] = Array.from({ length: 100 }, () => ({ afterMs: Math.random() * 60 }));
    await killEach(talking(), points, check);
  },
  SWEEP_MAY_TAKE_MS,
);
