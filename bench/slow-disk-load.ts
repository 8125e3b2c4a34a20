/** What runs on the slow disk. */
import { join } from 'node:path';
import { openBareLoop } from './bare-loop.ts';
import { watchEventLoop } from './event-loop.ts';
import { atLeast, atMost, type Finding, told } from './figure.ts';
import { talk } from './load.ts';
import { MIX, TURNS } from './residents.ts';
import { scratchFolder } from './scratch.ts';
import { median } from './statistics.ts';
import { openStreet, readContent } from './street.ts';

const AT_ONCE = 64;
const ROUNDS = 5;
const RESIDENTS = 1_200;

const folder = scratchFolder();
const street = await openStreet(join(folder, 'lvlin.sqlite'), await readContent());
const bare = openBareLoop(join(folder, 'bare.sqlite'));
const loop = watchEventLoop();
await talk(street, { firstResident: 0, residents: RESIDENTS, atOnce: AT_ONCE });
await bare.run(RESIDENTS * TURNS, AT_ONCE);
const rounds: { perSecond: number; bare: number; stopMs: number }[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const bareSpeed = await bare.run(RESIDENTS * TURNS, AT_ONCE);
  loop.longestMs();
  const from = performance.now();
  const said = await talk(street, { firstResident: round * RESIDENTS, residents: RESIDENTS, atOnce: AT_ONCE });
  rounds.push({ perSecond: said / ((performance.now() - from) / 1_000), bare: bareSpeed, stopMs: loop.longestMs() });
}
loop.stop();
bare.close();
await street.stop();

const finding: Finding = {
  figures: [
    atLeast('slow disk, 64 in flight', median(rounds.map((round) => round.perSecond)), 'messages/s', 3_000),
    told('slow disk, bare loop', median(rounds.map((round) => round.bare)), 'messages/s'),
    atMost('slow disk, longest stop of the event loop', median(rounds.map((round) => round.stopMs)), 'ms', 20),
  ],
  notes: [MIX, `every sync takes 5 ms more; ${ROUNDS} rounds of ${RESIDENTS * TURNS} messages; medians`],
};
process.send?.(finding, () => process.disconnect());
