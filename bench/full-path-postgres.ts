/** The full path with the records in PostgreSQL on the same machine: no bar, so that who needs several processes knows what to expect. */
import { startPostgresServer } from '../test/support/postgres-server.ts';
import { watchEventLoop } from './event-loop.ts';
import { type Finding, told } from './figure.ts';
import { talk } from './load.ts';
import { MIX, TURNS } from './residents.ts';
import { median, percentile } from './statistics.ts';
import { openStreet, readContent } from './street.ts';

const AT_ONCE = 64;
const ROUNDS = 3;
const RESIDENTS = 300;
const WARM_UP = 200;
const ONE_BY_ONE = 60;

export async function measure(): Promise<Finding> {
  // An acknowledged record is on its disk, as with SQLite.
  const server = await startPostgresServer({ syncs: true });
  const street = await openStreet(await server.newDatabase(), await readContent());
  const loop = watchEventLoop();
  let nextResident = 0;
  const say = (residents: number, atOnce: number, onAnswered?: (ms: number) => void) => {
    const firstResident = nextResident;
    nextResident += residents;
    return talk(street, { firstResident, residents, atOnce, ...(onAnswered === undefined ? {} : { onAnswered }) });
  };
  await say(WARM_UP, AT_ONCE);

  const rounds: { perSecond: number; stopMs: number; waits: number[] }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    loop.longestMs();
    const from = performance.now();
    const said = await say(RESIDENTS, AT_ONCE);
    const perSecond = said / ((performance.now() - from) / 1_000);
    const stopMs = loop.longestMs();
    const waits: number[] = [];
    await say(ONE_BY_ONE, 1, (ms) => waits.push(ms));
    rounds.push({ perSecond, stopMs, waits });
  }
  loop.stop();
  await street.stop();
  await server.stop();

  const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
  return {
    figures: [
      told(
        'full path on PostgreSQL, 64 in flight',
        middle(({ perSecond }) => perSecond),
        'messages/s',
      ),
      told(
        'one at a time on PostgreSQL, median',
        middle(({ waits }) => percentile(waits, 50)),
        'ms',
      ),
      told(
        'one at a time on PostgreSQL, p99',
        middle(({ waits }) => percentile(waits, 99)),
        'ms',
      ),
      told(
        'longest stop of the event loop on PostgreSQL',
        middle(({ stopMs }) => stopMs),
        'ms',
      ),
    ],
    notes: [
      MIX,
      `${ROUNDS} rounds of ${RESIDENTS * TURNS} messages, medians; one bot with 8 connections that write, the server with fsync on the same cores`,
    ],
  };
}
