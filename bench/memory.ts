/** A million messages: whether memory stays where it is, and how fast answers are at an everyday pace afterwards. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Finding, told } from './figure.ts';
import { talk } from './load.ts';
import { inboundOf, LATER_WORDS, TURNS } from './residents.ts';
import { scratchFolder } from './scratch.ts';
import { percentile } from './statistics.ts';
import { openStreet, readContent, type Street } from './street.ts';

const STEP = 100_000;
const STEPS = 10;
// By then the compiler and the caches have what they need.
const WARM_UP_STEPS = 4;
const PER_SECOND = 200;
const SECONDS = 60;
const MB = 1024 * 1024;

export async function measure(): Promise<Finding> {
  // The pages are in memory too, as they are in the program.
  await import('../src/app.ts');
  const street = await openStreet(join(scratchFolder(), 'lvlin.sqlite'), await readContent());
  const residents = Math.ceil(STEP / TURNS);
  const held: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    await talk(street, { firstResident: step * residents, residents, atOnce: 64 });
    held.push(process.memoryUsage.rss() / MB);
  }
  const times = await openLoop(street, STEPS * residents);
  await street.stop();
  return {
    figures: [
      atMost('memory after 1,000,000 messages', Math.max(...held.slice(WARM_UP_STEPS)), 'MB', 200),
      atMost('growth of memory after warm-up', slope(held.slice(WARM_UP_STEPS)), 'MB per 100,000', 1),
      told('200 messages a second, median', percentile(times, 50), 'ms'),
      atMost('200 messages a second, p99', percentile(times, 99), 'ms', 10),
    ],
    notes: [
      `resident memory in MB after each 100,000 messages: ${held.map((mb) => mb.toFixed(0)).join(' ')}`,
      `then ${SECONDS} s at ${PER_SECOND} a second, whether or not earlier ones are answered`,
    ],
  };
}

/** Messages come when they come, whether or not the program is ready for them. */
async function openLoop(street: Street, residents: number): Promise<number[]> {
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const start = performance.now();
  for (let each = 0; each < PER_SECOND * SECONDS; each += 1) {
    const due = start + (each * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    // A message that comes late because the program stood still has waited since it was due.
    const from = Math.min(due, performance.now());
    const resident = Math.floor(Math.random() * residents);
    const words = LATER_WORDS[each % LATER_WORDS.length] ?? '';
    const answered = street.hear(inboundOf(resident, `open-${each}`, words));
    answers.push(answered.then(() => void times.push(performance.now() - from)));
  }
  await Promise.all(answers);
  return times;
}

/** Of the straight line that fits best, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return rise / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}
