/** The whole bot is killed while residents talk and PostgreSQL keeps the records: it goes on as if nothing had happened. */
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { type FinishedRun, type KillPoint, killEach, type Program, SWEEP_MAY_TAKE_MS } from '../support/kill-sweep.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { whatWentWrong } from './second-life.ts';
import { TEST_KEY } from './store-village.ts';
import { RESIDENTS } from './village-bot.ts';

const KILLS = 32;
const SAID = RESIDENTS.reduce((sum, { says }) => sum + says.length, 0);

let server: PostgresServer;
let template: string;
beforeAll(async () => {
  // Bots are killed here and never the server, so nothing depends on a sync.
  server = await startPostgresServer({ syncs: false });
  template = await server.newDatabase();
  const store = await openStore(template, { vault: new Vault(keyFromBase64(TEST_KEY)), newId: () => '' });
  await store.close();
});
afterAll(() => server.stop());

test(
  `killed ${KILLS} times while residents talk, every promise is kept and every reply arrives`,
  async () => {
    const urls = new Map<string, string>();
    const talking: Program = {
      script: join(import.meta.dirname, 'talking-bot.ts'),
      args: (folder) => [folder],
      env: (folder) => ({ CRASH_DATABASE_URL: urls.get(folder) ?? '' }),
    };
    const program: Program = {
      ...talking,
      prepare: async (folder) => {
        urls.set(folder, await server.newDatabase(template));
      },
    };
    const check = async (run: FinishedRun) => {
      const url = urls.get(run.folder) ?? '';
      await letAMinutePass(url);
      const wrong = await whatWentWrong(url, run);
      expect.soft({ point: run.point, wrong, errors: run.errors }).toEqual({ point: run.point, wrong: [], errors: '' });
    };
    const isAmidTalk = ({ lines }: FinishedRun) => lines.filter((line) => line.startsWith('heard')).length < SAID;
    await killEach(program, moments(), check, isAmidTalk);
  },
  SWEEP_MAY_TAKE_MS,
);

/** Each thing heard and sent is a line: from the first to the last but few, and a chance moment after it. */
function moments(): KillPoint[] {
  return Array.from({ length: KILLS }, (_, index) => ({
    afterLines: 1 + Math.floor((index * 1.6 * SAID) / KILLS),
    thenMs: Math.random() * 4,
  }));
}

/** A process that gives no sign of life counts as gone after a minute; here it is gone. */
async function letAMinutePass(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("update lease set expires_at = 0 where name like 'process:%'");
  await client.end();
}
