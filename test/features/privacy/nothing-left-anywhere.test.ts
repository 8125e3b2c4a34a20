/** Somebody known in two communities wants everything gone: neither keeps a name, a number or a room, on every database. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eraseEverywhere } from '../../../src/features/privacy/privacy-service.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { recordKeepers } from '../../../src/joints/all-features.ts';
import type { Community } from '../../../src/model/community.ts';
import { CommunitySettings } from '../../../src/model/community.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { insertChat } from '../../../src/store/chat-table.ts';
import { findCommunity, insertArea, insertCommunity } from '../../../src/store/community-table.ts';
import { readCounters } from '../../../src/store/counter-table.ts';
import { findPersonByAddress } from '../../../src/store/sender-table.ts';
import { everythingKept } from '../../support/everything-kept.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../../support/stage.ts';
import type { TestStore } from '../../support/test-store.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const EAST = 'east-community-00001';
const NAME = '欧阳翠花';
const PHONE = '13987654321';
const ROOM = '1707';
const CANARIES = [NAME, PHONE, ROOM];
const GROUP = { group: '东苑群', mentioned: true };

forEachStore((open) => {
  let stage: Stage;
  let opened: TestStore;
  beforeEach(async () => {
    stage = await setStage({
      ...WHOLE_BOT,
      openStore: async () => {
        opened = await open();
        return opened;
      },
    });
    await stage.store.write(async (tx) => {
      const place = { name: '东苑社区', plan: 'changji-2021', locale: 'zh-CN', isSample: false } as const;
      const settings = CommunitySettings.parse({});
      const wrappedKey = opened.vault.newCommunityKey(EAST);
      await insertCommunity(tx, { ...place, id: EAST, settings, wrappedKey, now: STAGE_START });
      await insertArea(tx, { communityId: EAST, parentId: null, kind: 'building', name: '5', households: null });
      const group = { communityId: EAST, kind: 'group', title: '东苑群', areaId: null, personId: null } as const;
      const at = { channel: 'web', account: STAGE_COMMUNITY, address: 'group:东苑群' } as const;
      await insertChat(tx, { ...group, ...at, now: STAGE_START });
    });
    for (const [id, title] of [
      [STAGE_COMMUNITY, '河边捡垃圾'],
      [EAST, '东苑植树'],
    ] as const) {
      const startsAt = new Date(STAGE_START.getTime() + 72 * 3_600_000);
      const shift = { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), capacity: null };
      const draft = { title, place: '门口', details: '', risk: '', insured: false, shifts: [shift] };
      const office = { community: await community(id), staffId: null, now: STAGE_START };
      await stage.store.write((tx) => createActivity(tx, draft, office));
    }
  });
  afterEach(() => stage.close());

  async function community(id: string): Promise<Community> {
    const found = await stage.store.read((tx) => findCommunity(tx, id));
    if (found === null) throw new Error(`there is no ${id}`);
    return found;
  }

  async function tellEverything(): Promise<void> {
    await stage.hear('lin', `我家承诺节水和光盘，3栋2单元${ROOM}，四口人`);
    await stage.hear('lin', '对');
    await stage.hear('lin', `河边捡垃圾我报名，我叫${NAME}，电话${PHONE}`);
    await stage.hear('lin', `@绿邻 我家承诺节水，5栋1单元${ROOM}`, GROUP);
    await stage.hear('lin', '对');
    await stage.hear('lin', `东苑植树我报名，我叫${NAME}，电话${PHONE}`);
    await stage.hear(
      'lin',
      `@绿邻 我要反映：我是5栋1单元${ROOM}的${NAME}，电话${PHONE}，楼道里堆满了垃圾没人管`,
      GROUP,
    );
  }

  /** Tables that hold a canary, by community. */
  async function traces(): Promise<{ readonly where: string; readonly communityId: string | null }[]> {
    const kept = await stage.store.read((tx) => everythingKept(tx, STAGE_COMMUNITY, EAST));
    return kept
      .filter(({ text }) => CANARIES.some((canary) => text.includes(canary)))
      .map(({ where, communityId }) => ({ where, communityId }));
  }

  const tracesIn = async (id: string) => {
    const all = await traces();
    return [...new Set(all.filter(({ communityId }) => communityId === id).map(({ where }) => where))].toSorted();
  };

  const audited = async (id: string) => {
    const log = await stage.store.read((tx) => listAudit(tx, id, { limit: 20 }));
    return log.filter(({ action }) => action === 'person.erase').map(({ detail }) => detail);
  };

  const standing = async (id: string) => {
    const counters = await stage.store.read((tx) => readCounters(tx, id, ''));
    return counters.filter(({ value }) => value !== 0);
  };

  test('one word, and both have counted it in their own logs', async () => {
    await tellEverything();
    for (const id of [STAGE_COMMUNITY, EAST]) {
      expect(await tracesIn(id)).toEqual(expect.arrayContaining(['household.door_sealed', 'sign_up.name_sealed']));
    }
    await stage.hear('lin', '删除我的信息');
    await stage.hear('lin', '对，删掉');
    expect(await traces()).toEqual([]);
    for (const id of [STAGE_COMMUNITY, EAST]) {
      expect(await audited(id)).toEqual([{ signUpsCancelled: 1 }]);
      expect(await standing(id)).toEqual([]);
    }
  });

  test('what staff of one erase at their office leaves all that the other keeps', async () => {
    await tellEverything();
    const before = await tracesIn(STAGE_COMMUNITY);
    const from = { channel: 'web', account: STAGE_COMMUNITY, address: 'lin' } as const;
    const keepers = recordKeepers({ content: () => stage.content, render: stage.content.texts.render });
    await stage.store.write(async (tx) => {
      const person = await findPersonByAddress(tx, from, EAST);
      if (person === null) throw new Error('nobody is known there');
      await eraseEverywhere(tx, keepers, person, 'worker', STAGE_START);
    });
    expect(await tracesIn(EAST)).toEqual([]);
    expect(await tracesIn(STAGE_COMMUNITY)).toEqual(before);
    expect(await audited(STAGE_COMMUNITY)).toEqual([]);
  });

  test('many words at once in groups of both make one person in each', async () => {
    const heard = Array.from({ length: 12 }, (_, index) =>
      stage.hear('lin', '大骨头扔哪', index % 2 === 0 ? GROUP : { group: '三号楼', mentioned: true }),
    );
    await Promise.all(heard);
    const people = await stage.store.read(({ db }) =>
      db.selectFrom('person_address').select('community_id').orderBy('community_id').execute(),
    );
    expect(people.map((row) => row.community_id)).toEqual([EAST, STAGE_COMMUNITY]);
  });
});
