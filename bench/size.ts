/** Whether a bot with a million records answers as fast as one with a thousand. */
import { join } from 'node:path';
import { atMost, type Finding, told } from './figure.ts';
import { fill, residentsFor } from './load.ts';
import { inboundOf, LATER_WORDS } from './residents.ts';
import { scratchFolder } from './scratch.ts';
import { median, percentile } from './statistics.ts';
import { openStreet, readContent, type Street } from './street.ts';

const SMALL = 1_000;
const LARGE = 1_000_000;
const ROUNDS = 9;
const MESSAGES = 600;

export async function measure(): Promise<Finding> {
  const folder = scratchFolder();
  const content = await readContent();
  const sides = [];
  for (const rows of [SMALL, LARGE]) {
    const street = await openStreet(join(folder, `${rows}.sqlite`), content);
    await fill(street, rows);
    sides.push({ street, residents: residentsFor(rows), p99: [] as number[], p50: [] as number[] });
  }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { street, residents, p99, p50 } of sides) {
      const times = await askOneByOne(street, residents, `round-${round}`);
      // The first round warms up.
      if (round === 0) continue;
      p99.push(percentile(times, 99));
      p50.push(median(times));
    }
  }
  for (const { street } of sides) await street.stop();
  const [small, large] = sides;
  const ratios = (small?.p99 ?? []).map((value, round) => (large?.p99[round] ?? Number.NaN) / value);
  return {
    figures: [
      told(`one at a time at ${SMALL} records, p99`, median(small?.p99 ?? []), 'ms'),
      told(`one at a time at ${LARGE} records, p99`, median(large?.p99 ?? []), 'ms'),
      told(`median at ${LARGE} against ${SMALL} records`, median(large?.p50 ?? []) / median(small?.p50 ?? []), 'ratio'),
      atMost(`p99 at ${LARGE} against ${SMALL} records`, median(ratios), 'ratio', 1.3),
    ],
    notes: [`${ROUNDS} rounds of ${MESSAGES} messages of residents drawn by lot, the two in turn; medians`],
  };
}

async function askOneByOne(street: Street, residents: number, round: string): Promise<number[]> {
  const times: number[] = [];
  for (let each = 0; each < MESSAGES; each += 1) {
    const resident = Math.floor(Math.random() * residents);
    const words = LATER_WORDS[each % LATER_WORDS.length] ?? '';
    const from = performance.now();
    await street.hear(inboundOf(resident, `${round}-${each}`, words));
    times.push(performance.now() - from);
    await street.bot.dispatcher.idle();
  }
  return times;
}
