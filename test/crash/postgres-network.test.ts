/** The network to PostgreSQL breaks while residents talk: nothing is confirmed meanwhile, and the same bot goes on afterwards. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createMetrics } from '../../src/lib/metrics.ts';
import { healthRoutes } from '../../src/server/health.ts';
import { type BrokenLine, openBrokenLine } from '../support/broken-line.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { readRecords, wrongs } from './second-life.ts';
import { inboundOf, openVillageBot, RESIDENTS, VILLAGE_TIME, type VillageBot } from './village-bot.ts';

// Shorter than in life, so that the test need not wait as long.
const PATIENCE = { connectMs: 1_000, answerMs: 2_000, standstillMs: 4_000 };

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ syncs: false });
});
afterAll(() => server.stop());

test.concurrent.each([
  ['goes silent', async (line: BrokenLine) => line.goSilent()],
  ['is refused', (line: BrokenLine) => line.refuse()],
])(
  'the line %s for longer than anybody tries, and comes back: nothing is lost, doubled or left lying',
  async (_, breakIt) => {
    const line = await openBrokenLine(await server.newDatabase());
    const platform = { heard: new Set<string>(), shown: new Map<string, number>() };
    const time = { now: VILLAGE_TIME };
    const village = await openVillageBot(
      line.url,
      'only-life',
      ({ key }) => {
        platform.shown.set(key, (platform.shown.get(key) ?? 0) + 1);
      },
      { patience: PATIENCE, now: () => time.now },
    );
    const ready = askReadiness(village);
    expect(await ready()).toEqual({ ready: true, reasons: [] });

    const broken = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<unknown>();
    const mended = Promise.withResolvers<void>();
    const talk = Promise.all(
      RESIDENTS.map(async (resident) => {
        for (let index = 0; index < resident.says.length; index += 1) {
          const inbound = inboundOf(resident, index);
          while (!platform.heard.has(inbound.messageId)) {
            try {
              await village.hear(inbound);
              platform.heard.add(inbound.messageId);
            } catch (cause) {
              // As a platform does that got no confirmation: it delivers again.
              refused.resolve(cause);
              await mended.promise;
            }
          }
          if (platform.heard.size === 14) broken.resolve(breakIt(line));
        }
      }),
    );
    await broken.promise;
    const soFar = platform.heard.size;
    expect(await ready()).toEqual({ ready: false, reasons: ['the database does not answer'] });
    expect(await refused.promise).toMatchObject({ code: 'database-unreachable' });
    expect(platform.heard.size - soFar).toBeLessThan(RESIDENTS.length);
    const heardWhileBroken = platform.heard.size;
    expect(heardWhileBroken).toBeLessThan(36);

    await line.mend();
    mended.resolve();
    await talk;
    // What was lost sight of is looked for when no write can be under way any more.
    time.now = new Date(VILLAGE_TIME.getTime() + 180_000);
    const inTheEnd = async () => {
      await village.bot.scheduler.tick();
      await village.bot.dispatcher.idle();
      expect(wrongs(await readRecords(village.store), platform)).toEqual([]);
    };
    await vi.waitFor(inTheEnd, { timeout: 30_000, interval: 200 });
    expect(await ready()).toEqual({ ready: true, reasons: [] });
    await village.stop();
    await line.close();
  },
);

function askReadiness({ store }: VillageBot): () => Promise<unknown> {
  const routes = healthRoutes({
    store,
    channels: () => [],
    trouble: () => null,
    metrics: createMetrics({}),
    clock: { now: () => VILLAGE_TIME },
    instance: 'village',
    isFromThisMachine: () => true,
    token: null,
  });
  return async () => (await routes.request('/readyz')).json();
}
