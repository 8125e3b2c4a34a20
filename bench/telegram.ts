/** The whole bot on Telegram: how many messages a second it hears, keeps and answers, and how evenly. */
import { buildPreload, whyNoPreload } from '../test/support/preload/build-preload.ts';
import { atLeast, atMost, type Finding, told } from './figure.ts';
import { median, percentile } from './statistics.ts';
import { OURS, type Result, run, TOWN } from './telegram/race.ts';

const ROUNDS = 3;
const LIMIT_MS = 60_000;
const SLOW_SYNC_MS = 5;
const STEADY = { what: 'steady', perSecond: 200, stretchSeconds: 3, stretches: 6, refusing: 30 } as const;

export async function measure(): Promise<Finding> {
  const saturated = await rounds(() => load(20_000, 0));
  const distant = await rounds(() => load(10_000, 25));
  const reason = whyNoPreload();
  const slow = reason === null ? await rounds(() => load(10_000, 0, slowDisk())) : [];
  const steady = await rounds(() => run(OURS, { platform: TOWN, order: STEADY }));
  const calm = percentile(
    steady.flatMap(({ waits }) => waits),
    99,
  );
  const beside = percentile(
    steady.flatMap(({ waitsBesideRefusals }) => waitsBesideRefusals),
    99,
  );
  const swapped = [...saturated, ...distant, ...slow].reduce((sum, result) => sum + result.swapped, 0);
  const rate = (results: readonly Result[]) => median(results.map(({ perSecond }) => perSecond));
  return {
    figures: [
      told('Telegram, 20,000 waiting', rate(saturated), 'messages/s'),
      atLeast('Telegram, 25 ms away', rate(distant), 'messages/s', 2_400),
      ...(reason === null ? [told('Telegram, slow disk', rate(slow), 'messages/s')] : []),
      atMost('Telegram, replies out of order', swapped, 'replies', 0),
      told('Telegram, 200 a second, p99', calm, 'ms'),
      atMost('Telegram, p99 of the others while 30 of 100 groups refuse', beside / calm, 'ratio', 1.2),
    ],
    notes: [
      '2,000 people in 100 groups whose households have pledged; a habit kept, two questions about waste in turn',
      `the platform in a process of its own; fresh processes and files each of ${ROUNDS} rounds; medians`,
      ...(reason === null ? [] : [`slow disk not measured: ${reason}`]),
    ],
  };
}

function load(messages: number, latencyMs: number, env: Readonly<Record<string, string>> = {}): Promise<Result> {
  return run(OURS, { platform: TOWN, order: { what: 'load', messages, latencyMs, limitMs: LIMIT_MS }, env });
}

export function slowDisk(): Readonly<Record<string, string>> {
  return { LD_PRELOAD: buildPreload('slow-sync'), LVLIN_SYNC_DELAY_MS: String(SLOW_SYNC_MS) };
}

async function rounds(measureOnce: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let round = 0; round < ROUNDS; round += 1) results.push(await measureOnce());
  return results;
}
