/** One human in two communities of one installation, on every database, and on a real platform. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { Content } from '../../../src/content/content.ts';
import { createCodeDoor } from '../../../src/features/binding/code-door.ts';
import { makeCode } from '../../../src/features/binding/code-service.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { channelParts } from '../../../src/joints/channel-parts.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createLog } from '../../../src/lib/log.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import { type Community, CommunitySettings } from '../../../src/model/community.ts';
import type { Feature } from '../../../src/runtime/feature.ts';
import { syncSchedules } from '../../../src/runtime/schedule-sync.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { insertChat, insertPerson } from '../../../src/store/chat-table.ts';
import { findCommunity, insertArea, insertCommunity, listCommunities } from '../../../src/store/community-table.ts';
import { insertStaff } from '../../../src/store/staff-table.ts';
import type { LoopbackPlatform } from '../../contracts/loopback-platform.ts';
import { type DialogueParts, playDialogues } from '../../support/dialogue.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { type Cast, newCast, openPlatformChannel } from '../../support/platform-channel.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import type { Stage } from '../../support/stage.ts';
import { createTelegramPlatform } from '../../support/telegram-server/telegram-platform.ts';
import { type OpenTestStore, openTestStore, type TestStore } from '../../support/test-store.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const ACCOUNT = 'a-bot-of-nobody';
const CODES = ['K7M2QP', 'R4T6WX'];
const keyed = createCodeBook(newKey());
let opened: TestStore;
let taken = 0;
const codes = {
  ...keyed,
  fresh: () => {
    taken += 1;
    return CODES[(taken - 1) % CODES.length] ?? '';
  },
};

forEachStore((open) => {
  playDialogues(import.meta.dirname, { ...partsOn(open), account: ACCOUNT });
  playDialogues(join(import.meta.dirname, 'codes'), { ...partsOn(open), account: ACCOUNT });
});

describe('on telegram', () => {
  let platform: LoopbackPlatform;
  let cast: Cast;
  beforeEach(async () => {
    platform = await createTelegramPlatform();
    cast = newCast();
  });
  afterEach(() => platform.stop());

  playDialogues(join(import.meta.dirname, 'platform'), {
    ...partsOn(openTestStore),
    openChannel: async ({ clock, store }) => {
      const { texts } = await shippedContent();
      const render = texts.render.bind(texts);
      const log = createLog('fatal', 'stderr');
      return openPlatformChannel(platform, cast, channelParts({ store, render, locale: 'zh-CN', clock, log }));
    },
  });
});

function partsOn(open: OpenTestStore): DialogueParts {
  return {
    ...WHOLE_BOT,
    features: (content) => {
      taken = 0;
      return featuresOf(content);
    },
    codeGiven: createCodeDoor(codes),
    openStore: async () => {
      opened = await open();
      return opened;
    },
    commands: COMMANDS,
  };
}

function featuresOf(content: Content): readonly Feature[] {
  return allFeatures({ content: () => content, render: (...saying) => content.texts.render(...saying), codes });
}

const COMMANDS = {
  /** `community 东苑社区`: a second one, with a building 5. */
  community: async (stage: Stage, name: string) => {
    const { store, clock } = stage;
    const id = 'east-community-00001';
    await store.write(async (tx) => {
      const settings = CommunitySettings.parse({ contact: '0994-1111111' });
      const place = { plan: 'changji-2021', locale: 'zh-CN', isSample: false, settings, now: clock.now() };
      await insertCommunity(tx, { ...place, id, name, wrappedKey: opened.vault.newCommunityKey(id) });
      const households = { count: 48, source: '物业台账', countedOn: '2026-11-01' };
      await insertArea(tx, { communityId: id, parentId: null, kind: 'building', name: '5', households });
      const founded = await findCommunity(tx, id);
      if (founded !== null) await syncSchedules(tx, featuresOf(stage.content), founded, clock.now());
    });
    // A look that is under way would be joined by the next, with the time it began with.
    await stage.tick();
  },
  /** `group 东苑群 of 东苑社区`. */
  group: async (stage: Stage, rest: string) => {
    const [title = '', , of = ''] = rest.split(' ');
    const { id } = await communityOf(stage, of);
    const { channel, clock, store } = stage;
    const place =
      'group' in channel
        ? { channel: channel.name, account: channel.account, address: await channel.group(title) }
        : { channel: 'web' as const, account: ACCOUNT, address: `group:${title}` };
    const group = { ...place, communityId: id, kind: 'group', title, areaId: null, personId: null } as const;
    await store.write((tx) => insertChat(tx, { ...group, now: clock.now() }));
  },
  /** `activity 南门植树 2026-11-21 limit 1 of 东苑社区`: on that morning. */
  activity: async (stage: Stage, rest: string) => {
    const [title = '', day = '', , limit, , of = ''] = rest.split(' ');
    const at = (time: string) => new Date(`${day}T${time}:00+08:00`);
    const shifts = [{ startsAt: at('09:00'), endsAt: at('11:00'), capacity: Number(limit) }];
    const draft = { title, place: '门口', details: '', risk: '', insured: false, shifts };
    const office = { community: await communityOf(stage, of), staffId: 'worker', now: stage.clock.now() };
    expect(await stage.store.write((tx) => createActivity(tx, draft, office))).toMatchObject({ ok: true });
  },
  /** `code staff 东苑社区`, `code person 东苑社区`: the next of the list; a person's is asked for on the page. */
  code: async (stage: Stage, rest: string) => {
    const [purpose = '', of = ''] = rest.split(' ');
    const { id: communityId } = await communityOf(stage, of);
    const now = stage.clock.now();
    await stage.store.write(async (tx) => {
      if (purpose === 'staff') {
        const account = { login: 'wang', role: 'worker', passwordIsInitial: false, passwordHash: 'none' } as const;
        const staff = await insertStaff(tx, { ...account, communityId, displayName: '王工', now });
        return makeCode(tx, codes, { communityId, purpose, staffId: staff?.id ?? null }, now);
      }
      const from = { channel: 'web', account: communityId, address: 'visitor' } as const;
      const person = await insertPerson(tx, { communityId, from, now });
      const page = {
        ...from,
        address: 'private:visitor',
        communityId,
        kind: 'direct',
        title: null,
        areaId: null,
        personId: person.id,
      } as const;
      const chat = await insertChat(tx, { ...page, now });
      return makeCode(tx, codes, { communityId, purpose: 'person', personId: person.id, chatId: chat.id }, now);
    });
  },
  /** `households 东苑社区 1`, `people 东苑社区 1`: how many its staff see. */
  households: async (stage: Stage, rest: string) => expectCount(stage, 'household', rest),
  people: async (stage: Stage, rest: string) => expectCount(stage, 'person_address', rest),
  /** `erased 东苑社区 1`: in its own log. */
  erased: async (stage: Stage, rest: string) => {
    const [of = '', count] = rest.split(' ');
    const { id } = await communityOf(stage, of);
    const log = await stage.store.read((tx) => listAudit(tx, id, { limit: 20 }));
    expect(log.filter(({ action }) => action === 'person.erase')).toHaveLength(Number(count));
  },
};

async function expectCount(stage: Stage, table: 'household' | 'person_address', rest: string): Promise<void> {
  const [of = '', count] = rest.split(' ');
  const { id } = await communityOf(stage, of);
  const rows = await stage.store.read(({ db }) =>
    db.selectFrom(table).select('community_id').where('community_id', '=', id).execute(),
  );
  expect(rows, `${table} of ${of}`).toHaveLength(Number(count));
}

async function communityOf({ store }: Stage, name: string): Promise<Community> {
  const found = (await store.read(listCommunities)).find((community) => community.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
