/** What comes after the whole bot was killed: it lives on, and everything that is not as promised is named. */
import { sql } from 'kysely';
import type { Store } from '../../src/store/store.ts';
import type { FinishedRun } from '../support/kill-sweep.ts';
import { CAPACITY, inboundOf, openVillageBot, RESIDENTS, VILLAGE } from './village-bot.ts';

export async function whatWentWrong(url: string, run: FinishedRun): Promise<string[]> {
  const platform = platformOf(run);
  return wrongs(await liveOn(url, platform), platform);
}

interface Platform {
  readonly heard: Set<string>;
  /** How often each message was shown, by its key. */
  readonly shown: Map<string, number>;
}

function platformOf({ lines }: FinishedRun): Platform {
  const platform: Platform = { heard: new Set(), shown: new Map() };
  for (const line of lines) {
    const [what, id = ''] = line.split(' ');
    if (what === 'heard') platform.heard.add(id);
    if (what === 'sent') platform.shown.set(id, (platform.shown.get(id) ?? 0) + 1);
  }
  return platform;
}

/** The second life: the platform delivers again what was not confirmed, the residents finish what they had to say. */
async function liveOn(url: string, platform: Platform) {
  const village = await openVillageBot(url, 'second-life', ({ key }) => {
    platform.shown.set(key, (platform.shown.get(key) ?? 0) + 1);
  });
  await Promise.all(
    RESIDENTS.map(async (resident) => {
      for (let index = 0; index < resident.says.length; index += 1) {
        const inbound = inboundOf(resident, index);
        if (platform.heard.has(inbound.messageId)) continue;
        await village.hear(inbound);
        platform.heard.add(inbound.messageId);
      }
    }),
  );
  await village.bot.scheduler.tick();
  village.bot.dispatcher.nudge();
  await village.bot.dispatcher.idle();
  const records = await readRecords(village.store);
  await village.stop();
  return records;
}

/** What the village promised its residents, as it stands in the tables. */
export async function readRecords(store: Store) {
  return store.read(async (tx) => ({
    integrity: tx.dialect === 'sqlite' ? await integrity(tx) : 'ok',
    pledges: await tx.db.selectFrom('pledge').select(['household_id', 'state']).execute(),
    households: await tx.db.selectFrom('household').select('id').execute(),
    counted: await tx.db
      .selectFrom('counter')
      .select('value')
      .where('community_id', '=', VILLAGE)
      .where('area_id', '=', '')
      .where('name', 'like', 'pledge.households@%')
      .executeTakeFirst(),
    signUps: await tx.db.selectFrom('sign_up').select(['person_id', 'party', 'state']).execute(),
    shift: await tx.db.selectFrom('shift').select(['taken', 'waiting']).executeTakeFirstOrThrow(),
    outbox: await tx.db.selectFrom('outbox').select(['id', 'kind', 'state', 'reason']).execute(),
  }));
}

type Records = Awaited<ReturnType<typeof readRecords>>;

async function integrity(tx: { db: Parameters<ReturnType<typeof sql>['execute']>[0] }): Promise<string> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(tx.db);
  return rows.map((row) => row.integrity_check).join(' ');
}

/** Everything that is not as it was promised, in words. */
export function wrongs(records: Records, { shown }: Pick<Platform, 'shown'>): string[] {
  const wrong: string[] = [];
  const say = (isWrong: boolean, what: string) => isWrong && wrong.push(what);
  const taken = records.signUps.filter(({ state }) => state === 'joined').reduce((sum, { party }) => sum + party, 0);
  say(records.integrity !== 'ok', records.integrity);
  say(
    records.pledges.length !== 10 || records.households.length !== 10,
    `${records.pledges.length} pledges of 10 doors`,
  );
  say(records.counted?.value !== 10, `counted ${records.counted?.value} households`);
  say(records.signUps.length !== RESIDENTS.length, `${records.signUps.length} sign-ups of ${RESIDENTS.length}`);
  say(taken !== CAPACITY || records.shift.taken !== CAPACITY, `${taken} places of ${CAPACITY} taken`);
  say(records.shift.waiting !== RESIDENTS.length - CAPACITY, `${records.shift.waiting} wait`);
  const unsaid = records.outbox.filter(
    ({ id, kind, state }) => kind === 'reply' && (state !== 'sent' || !shown.has(id)),
  );
  say(unsaid.length > 0, `${unsaid.length} replies never came`);
  const twice = [...shown].filter(([, times]) => times > 1).map(([id]) => id);
  // Taken by the process that was killed, and not known to have arrived.
  const inDoubt = records.outbox.filter(({ reason }) => reason === 'in-doubt').length;
  say(twice.length > inDoubt, `${twice.length} came twice, ${inDoubt} were in doubt`);
  const notices = records.outbox.filter(({ kind }) => kind === 'notice' || kind === 'tip');
  say(
    notices.some(({ id }) => (shown.get(id) ?? 0) > 1),
    'a notice or tip came twice',
  );
  say(notices.filter(({ kind }) => kind === 'notice').length !== 4, 'a notice was written twice or never');
  return wrong;
}
