/** Our whole bot against minimal bots on other frameworks, in turn, on the same load. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoPreload } from '../test/support/preload/build-preload.ts';
import { atLeast, type Figure, type Finding, told } from './figure.ts';
import { median } from './statistics.ts';
import { type Contestant, OURS, type Result, run, TOWN } from './telegram/race.ts';
import { slowDisk } from './telegram.ts';

const ROUNDS = 3;
const LIMIT_MS = 35_000;
const HOME = join(import.meta.dirname, 'peers');
const GRAMMY = { name: 'grammY', program: join(HOME, 'grammy-bot.js') };
const TELEGRAF = { name: 'Telegraf', program: join(HOME, 'telegraf-bot.js') };
const KOISHI = { name: 'Koishi', program: join(HOME, 'koishi-bot.js') };
const ALL = [OURS, GRAMMY, TELEGRAF, KOISHI];

export async function measure(): Promise<Finding> {
  install();
  const saturated = await interleaved({ messages: 20_000, latencyMs: 0 });
  const distant = await interleaved({ messages: 3_000, latencyMs: 25 });
  const reason = whyNoPreload();
  const slow = reason === null ? await interleaved({ messages: 3_000, latencyMs: 0, env: slowDisk() }) : null;
  return {
    figures: [
      ...figuresOf('saturated', saturated, { grammY: 2.5, Telegraf: 1.3, Koishi: 12 }),
      ...figuresOf('25 ms away', distant, {}),
      ...(slow === null ? [] : figuresOf('slow disk', slow, { grammY: 15, Telegraf: 15, Koishi: 15 })),
    ],
    notes: [
      '2,000 people in 100 groups; a peer writes one row (SQLite, synchronous=FULL) and answers, ours does all it does',
      `Koishi writes through its own database service, which never syncs; on the slow disk it writes like the others`,
      `${ROUNDS} rounds, all in turn in each; medians of the ratios within a round; at most ${LIMIT_MS / 1_000} s each`,
      ...(reason === null ? [] : [`slow disk not measured: ${reason}`]),
    ],
  };
}

function install(): void {
  if (existsSync(join(HOME, 'node_modules', 'telegraf'))) return;
  console.log('  installing the other frameworks into bench/peers');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: HOME, stdio: 'inherit' });
}

interface Load {
  readonly messages: number;
  readonly latencyMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

type Rates = Map<string, number[]>;

async function interleaved(load: Load): Promise<Rates> {
  const rates: Rates = new Map(ALL.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of ALL) rates.get(one.name)?.push((await race(one, load)).perSecond);
  }
  return rates;
}

function race(contestant: Contestant, { messages, latencyMs, env = {} }: Load): Promise<Result> {
  const order = { what: 'load', messages, latencyMs, limitMs: LIMIT_MS } as const;
  return run(contestant, { platform: TOWN, order, env });
}

function figuresOf(load: string, rates: Rates, bars: Readonly<Record<string, number>>): Figure[] {
  const ours = rates.get(OURS.name) ?? [];
  return [...rates].flatMap(([name, theirs]) => {
    const rate = told(`${load}, ${name}`, median(theirs), 'messages/s');
    if (name === OURS.name) return [rate];
    const ratio = median(theirs.map((rate, round) => (ours[round] ?? Number.NaN) / rate));
    const bar = bars[name];
    const label = `${load}, ours against ${name}`;
    return [rate, bar === undefined ? told(label, ratio, 'ratio') : atLeast(label, ratio, 'ratio', bar)];
  });
}
