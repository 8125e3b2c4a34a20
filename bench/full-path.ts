/** Message in, understood, record and reply on disk, reply handed over: how many a second, how fast, how smoothly. */
import { join } from 'node:path';
import { openBareLoop } from './bare-loop.ts';
import { watchEventLoop } from './event-loop.ts';
import { atLeast, atMost, type Finding, told } from './figure.ts';
import { talk } from './load.ts';
import { MIX, TURNS } from './residents.ts';
import { scratchFolder } from './scratch.ts';
import { median, percentile } from './statistics.ts';
import { openStreet, readContent } from './street.ts';

const AT_ONCE = 64;
const ROUNDS = 5;
const RESIDENTS = 2_400;
const WARM_UP = 1_200;
const ONE_BY_ONE = 150;

export async function measure(): Promise<Finding> {
  const folder = scratchFolder();
  const street = await openStreet(join(folder, 'lvlin.sqlite'), await readContent());
  const bare = openBareLoop(join(folder, 'bare.sqlite'));
  const loop = watchEventLoop();
  let nextResident = 0;
  const say = (residents: number, atOnce: number, onAnswered?: (ms: number) => void) => {
    const firstResident = nextResident;
    nextResident += residents;
    return talk(street, { firstResident, residents, atOnce, ...(onAnswered === undefined ? {} : { onAnswered }) });
  };
  await say(WARM_UP, AT_ONCE);
  await bare.run(WARM_UP * TURNS, AT_ONCE);

  const rounds: { perSecond: number; bare: number; stopMs: number; waits: number[] }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bareSpeed = await bare.run(RESIDENTS * TURNS, AT_ONCE);
    await settle();
    loop.longestMs();
    const from = performance.now();
    const said = await say(RESIDENTS, AT_ONCE);
    const perSecond = said / ((performance.now() - from) / 1_000);
    const stopMs = loop.longestMs();
    const waits: number[] = [];
    await say(ONE_BY_ONE, 1, (ms) => waits.push(ms));
    rounds.push({ perSecond, bare: bareSpeed, stopMs, waits });
  }
  loop.stop();
  bare.close();
  await street.stop();

  const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
  return {
    figures: [
      atLeast(
        'full path, 64 in flight',
        middle((round) => round.perSecond),
        'messages/s',
        8_000,
      ),
      told(
        'bare loop, 64 in flight',
        middle((round) => round.bare),
        'messages/s',
      ),
      atLeast(
        'full path against the bare loop',
        middle((round) => round.perSecond / round.bare),
        'ratio',
        0.25,
      ),
      told(
        'one at a time, median',
        middle((round) => percentile(round.waits, 50)),
        'ms',
      ),
      atMost(
        'one at a time, p99',
        middle((round) => percentile(round.waits, 99)),
        'ms',
        5,
      ),
      atMost(
        'longest stop of the event loop',
        middle((round) => round.stopMs),
        'ms',
        15,
      ),
    ],
    notes: [MIX, `${ROUNDS} rounds of ${RESIDENTS * TURNS} messages, the bare loop before each; medians`],
  };
}

/** What a round before left to be cleared away is not this round's. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200));
}
