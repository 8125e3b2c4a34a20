/** A code says whose community a group is of; where none is sent, a group of nobody stays unheard. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCodeDoor } from '../../../src/features/binding/code-door.ts';
import { makeCode, tryCode } from '../../../src/features/binding/code-service.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import { CommunitySettings } from '../../../src/model/community.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { takeBindingCode } from '../../../src/store/binding-code-table.ts';
import { insertCommunity, listAreas } from '../../../src/store/community-table.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../../support/stage.ts';
import type { TestStore } from '../../support/test-store.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const codes = createCodeBook(newKey());
const GROUP = { group: '三号楼', mentioned: true };

describe('where there are several communities', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage({
      ...WHOLE_BOT,
      features: (content) => allFeatures({ content: () => content, render: content.texts.render, codes }),
      codeGiven: createCodeDoor(codes),
      homeOf: async () => null,
    });
  });
  afterEach(() => stage.close());

  const said = () => stage.channel.delivered.map((delivery) => stage.spoken(delivery).key);
  const rows = async () => {
    const counted = { chats: 0, people: 0 };
    counted.chats = (await stage.store.read(({ db }) => db.selectFrom('chat').select('id').execute())).length;
    counted.people = (await stage.store.read(({ db }) => db.selectFrom('person').select('id').execute())).length;
    return counted;
  };

  it('a group of nobody is silent and leaves no trace until a code is sent, and is heard from then on', async () => {
    await stage.hear('lin', '大骨头扔哪', GROUP);
    await stage.hear('lin', 'H4HH42', GROUP);
    expect(said()).toEqual([]);
    expect(await rows()).toEqual({ chats: 0, people: 0 });
    const areas = await stage.store.read((tx) => listAreas(tx, STAGE_COMMUNITY));
    const wish = { communityId: STAGE_COMMUNITY, purpose: 'group', areaId: areas[2]?.id ?? null } as const;
    const { code } = await stage.store.write((tx) => makeCode(tx, codes, wish, STAGE_START));
    await stage.hear('lin', code, GROUP);
    expect(said()).toEqual(['binding.group-bound']);
    const chats = await stage.store.read(({ db }) => db.selectFrom('chat').select(['area_id', 'title']).execute());
    expect(chats).toEqual([{ area_id: areas[2]?.id, title: '三号楼' }]);
    await stage.hear('wang', '大骨头扔哪', GROUP);
    expect(said()).toHaveLength(2);
    const log = await stage.store.read((tx) => listAudit(tx, STAGE_COMMUNITY, { limit: 5 }));
    expect(log.map(({ action }) => action)).toEqual(['group.bind']);
  });

  it('a group that is bound is not taken over by the code of another community', async () => {
    const [own, foreign] = await stage.store.write(async (tx) => {
      await insertCommunity(tx, {
        id: 'other-community-0001',
        name: '北门社区',
        plan: 'changji-2021',
        locale: 'zh-CN',
        isSample: false,
        settings: CommunitySettings.parse({}),
        // Never opened here.
        wrappedKey: 'none',
        now: STAGE_START,
      });
      const wish = { purpose: 'group', areaId: null } as const;
      return [
        await makeCode(tx, codes, { ...wish, communityId: STAGE_COMMUNITY }, STAGE_START),
        await makeCode(tx, codes, { ...wish, communityId: 'other-community-0001' }, STAGE_START),
      ];
    });
    await stage.hear('lin', own?.code ?? '', GROUP);
    await stage.hear('lin', foreign?.code ?? '', GROUP);
    expect(said()).toEqual(['binding.group-bound', 'binding.other-community']);
  });

  it('the same message heard again has its effect once', async () => {
    const wish = { communityId: STAGE_COMMUNITY, purpose: 'group', areaId: null } as const;
    const { code } = await stage.store.write((tx) => makeCode(tx, codes, wish, STAGE_START));
    const inbound = {
      channel: 'web',
      account: STAGE_COMMUNITY,
      messageId: 'twice',
      chat: { address: 'group:三号楼', kind: 'group', title: '三号楼' },
      sender: { address: 'lin' },
      text: code,
      mentioned: true,
      at: STAGE_START,
    } as const;
    await Promise.all([1, 2, 3].map(() => stage.channel.hear(inbound)));
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['binding.group-bound']);
  });

  it('a link that carries the code binds the group it adds the bot to', async () => {
    const wish = { communityId: STAGE_COMMUNITY, purpose: 'group', areaId: null } as const;
    const { code } = await stage.store.write((tx) => makeCode(tx, codes, wish, STAGE_START));
    await stage.channel.hear({
      event: 'added',
      channel: 'web',
      account: STAGE_COMMUNITY,
      eventId: 'added-1',
      chat: { address: 'group:新群', kind: 'group', title: '新群' },
      sender: { address: 'lin' },
      code,
      at: STAGE_START,
    });
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['binding.group-bound']);
  });
});

forEachStore((open) => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await open();
    await opened.store.write((tx) =>
      insertCommunity(tx, {
        id: STAGE_COMMUNITY,
        name: '南门社区',
        plan: 'changji-2021',
        locale: 'zh-CN',
        isSample: false,
        settings: CommunitySettings.parse({}),
        wrappedKey: opened.vault.newCommunityKey(STAGE_COMMUNITY),
        now: STAGE_START,
      }),
    );
  });
  afterEach(() => opened.close());

  const make = () =>
    opened.store.write((tx) =>
      makeCode(tx, codes, { communityId: STAGE_COMMUNITY, purpose: 'group', areaId: null }, STAGE_START),
    );
  const from = (address: string) => ({ channel: 'web', account: 'account', address }) as const;

  it('of many who send a code at the same moment one has it', async () => {
    const { record } = await make();
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => opened.store.write((tx) => takeBindingCode(tx, record.id, STAGE_START))),
    );
    expect(taken.filter((isMine) => isMine)).toHaveLength(1);
  });

  it('a code that is over cannot be taken', async () => {
    const { record } = await make();
    expect(await opened.store.write((tx) => takeBindingCode(tx, record.id, record.expiresAt))).toBe(false);
  });

  it('six wrong ones of a sender are looked up, also at the same moment; a right one clears the slate', async () => {
    const { code } = await make();
    let moment = STAGE_START.getTime();
    const nextMoment = () => {
      moment += 1;
      return new Date(moment);
    };
    const tried = (one: string, address: string) =>
      opened.store.write((tx) => tryCode(tx, codes, { code: one, from: from(address) }, nextMoment()));
    for (const wrong of ['H4HH42', 'H4HH43', 'H4HH44', 'H4HH45', 'H4HH46']) await tried(wrong, 'careful');
    expect(await tried(code, 'careful')).toMatchObject({ purpose: 'group' });
    await Promise.all(Array.from({ length: 12 }, (_, n) => tried(`H4HH4${n % 9}`, 'hasty')));
    expect(await tried(code, 'hasty')).toBe('too-many');
    // Of the account only the wrong ones stay booked: five of one sender and six of the other.
    const tries = await opened.store.read(({ db }) => db.selectFrom('attempt').select('key').execute());
    expect(tries).toHaveLength(5 + 6 * 2);
    const keys = await opened.store.read(({ db }) => db.selectFrom('attempt').select('key').distinct().execute());
    expect(JSON.stringify(keys)).not.toMatch(/hasty|careful|account/);
  });
});
