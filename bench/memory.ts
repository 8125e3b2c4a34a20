/** A million messages: whether memory stays where it is, and how fast answers are at an everyday pace afterwards. */
import { open } from 'node:fs/promises';
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
const BARE_SECONDS = 15;
// Four pages of 4 kB.
const BYTES_PER_MESSAGE = 16_384;
const MB = 1024 * 1024;

export async function measure(): Promise<Finding> {
  // The pages are in memory too, as they are in the program.
  await import('../src/app.ts');
  const folder = scratchFolder();
  const street = await openStreet(join(folder, 'lvlin.sqlite'), await readContent());
  const residents = Math.ceil(STEP / TURNS);
  const held: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    await talk(street, { firstResident: step * residents, residents, atOnce: 64 });
    held.push(process.memoryUsage.rss() / MB);
  }
  const times = await openLoop(street, STEPS * residents);
  await street.stop();
  const bare = await bareDisk(folder);
  return {
    figures: [
      atMost('memory after 1,000,000 messages', Math.max(...held.slice(WARM_UP_STEPS)), 'MB', 200),
      atMost('growth of memory after warm-up', slope(held.slice(WARM_UP_STEPS)), 'MB per 100,000', 1),
      told('200 messages a second, median', percentile(times, 50), 'ms'),
      atMost('200 messages a second, p99', percentile(times, 99), 'ms', 10),
      told('a bare write and sync at that pace, p99', percentile(bare, 99), 'ms'),
    ],
    notes: [
      `resident memory in MB after each 100,000 messages: ${held.map((mb) => mb.toFixed(0)).join(' ')}`,
      `then ${SECONDS} s at ${PER_SECOND} a second, whether or not earlier ones are answered`,
    ],
  };
}

function openLoop(street: Street, residents: number): Promise<number[]> {
  return atPace(SECONDS, (each) => {
    const resident = Math.floor(Math.random() * residents);
    return street.hear(inboundOf(resident, `open-${each}`, LATER_WORDS[each % LATER_WORDS.length] ?? ''));
  });
}

/** What the disk alone takes at that moment: as many bytes as a message leaves in the log, and a sync. */
async function bareDisk(folder: string): Promise<number[]> {
  const file = await open(join(folder, 'bare'), 'w');
  const bytes = Buffer.alloc(BYTES_PER_MESSAGE);
  const times = await atPace(BARE_SECONDS, async () => {
    await file.write(bytes);
    await file.datasync();
  });
  await file.close();
  return times;
}

/** Things come when they come, whether or not the program is ready for them. */
async function atPace(seconds: number, work: (each: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const works: Promise<void>[] = [];
  const start = performance.now();
  for (let each = 0; each < PER_SECOND * seconds; each += 1) {
    const due = start + (each * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    // What comes late because the program stood still has waited since it was due.
    const from = Math.min(due, performance.now());
    works.push(work(each).then(() => void times.push(performance.now() - from)));
  }
  await Promise.all(works);
  return times;
}

/** Of the straight line that fits best, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return rise / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}
