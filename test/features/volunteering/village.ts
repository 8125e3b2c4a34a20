/** A community with people and activities, as the tests of volunteering need them. */

import type { ActivityDraft } from '../../../src/features/volunteering/activity-rules.ts';
import { createActivity, type Office } from '../../../src/features/volunteering/activity-service.ts';
import { createVolunteering } from '../../../src/features/volunteering/volunteering-feature.ts';
import type { Shift } from '../../../src/model/activity.ts';
import type { Chat, Person } from '../../../src/model/chat.ts';
import { type Community, CommunitySettings } from '../../../src/model/community.ts';
import type { Slots, Understood } from '../../../src/model/understanding.ts';
import type { Conversation, Outcome } from '../../../src/runtime/feature.ts';
import { findShift } from '../../../src/store/activity-table.ts';
import { insertChat, insertPerson } from '../../../src/store/chat-table.ts';
import { findCommunity, insertCommunity } from '../../../src/store/community-table.ts';
import type { Store } from '../../../src/store/store.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

export const COMMUNITY_ID = 'village-community-01';
/** A Wednesday morning in Shanghai. */
export const NOW = new Date('2026-11-18T09:00:00+08:00');

export interface Resident {
  readonly person: Person;
  /** Their private chat, where they have one. */
  readonly chat: Chat;
}

export interface Village {
  readonly store: Store;
  readonly community: Community;
  readonly group: Chat;
  readonly close: () => Promise<void>;
  resident(name: string): Promise<Resident>;
  /** Known from the group alone: the bot cannot write to them. */
  stranger(name: string): Promise<Resident>;
  activity(draft?: Partial<ActivityDraft> & { readonly capacity?: number | null }): Promise<Shift>;
  shift(id: string): Promise<Shift>;
  office(now?: Date): Office;
  say(resident: Resident, intent: Understood['intent'], slots?: Slots, how?: Speaking): Promise<Outcome>;
}

interface Speaking {
  readonly now?: Date;
  readonly group?: boolean;
  readonly addressed?: boolean;
  readonly conversation?: Conversation;
}

export async function foundVillage(open: () => Promise<TestStore> = openTestStore): Promise<Village> {
  const { store, vault, close } = await open();
  const content = await shippedContent();
  const feature = createVolunteering({ content: () => content });
  const channel = { channel: 'web', account: COMMUNITY_ID } as const;
  const { community, group } = await store.write(async (tx) => {
    await insertCommunity(tx, {
      id: COMMUNITY_ID,
      name: '南门社区',
      plan: 'changji-2021',
      locale: 'zh-CN',
      isSample: false,
      settings: CommunitySettings.parse({}),
      wrappedKey: vault.newCommunityKey(COMMUNITY_ID),
      now: NOW,
    });
    const founded = await findCommunity(tx, COMMUNITY_ID);
    if (founded === null) throw new Error('no community');
    const chat = { communityId: COMMUNITY_ID, ...channel, title: '3号楼群', areaId: null, personId: null, now: NOW };
    return { community: founded, group: await insertChat(tx, { ...chat, address: 'group', kind: 'group' }) };
  });

  const resident = (name: string): Promise<Resident> =>
    store.write(async (tx) => {
      const from = { ...channel, address: name };
      const person = await insertPerson(tx, { communityId: COMMUNITY_ID, from, now: NOW });
      const chat = { communityId: COMMUNITY_ID, ...channel, title: null, areaId: null, personId: person.id, now: NOW };
      return { person, chat: await insertChat(tx, { ...chat, address: `private:${name}`, kind: 'direct' }) };
    });

  return {
    store,
    community,
    group,
    close,
    resident,
    stranger: (name) =>
      store.write(async (tx) => {
        const from = { ...channel, address: name };
        return { person: await insertPerson(tx, { communityId: COMMUNITY_ID, from, now: NOW }), chat: group };
      }),
    activity: async ({ capacity = 2, ...draft } = {}) => {
      const result = await store.write((tx) =>
        createActivity(tx, draftOf(draft, capacity), { community, staffId: null, now: NOW }),
      );
      const shift = result.ok ? result.shifts[0] : undefined;
      if (shift === undefined) throw new Error(JSON.stringify(result));
      return shift;
    },
    shift: async (id) => {
      const shift = await store.read((tx) => findShift(tx, COMMUNITY_ID, id));
      if (shift === null) throw new Error('no such shift');
      return shift;
    },
    office: (now = NOW) => ({ community, staffId: 'worker', now }),
    say: ({ person, chat }, intent, slots = {}, how = {}) =>
      store.write((tx) =>
        feature.act({
          tx,
          now: how.now ?? NOW,
          community,
          chat: how.group ? group : chat,
          person,
          understood: { intent, slots },
          text: '',
          addressed: how.addressed ?? !how.group,
          conversation: how.conversation ?? null,
        }),
      ),
  };
}

export function draftOf(draft: Partial<ActivityDraft> = {}, capacity: number | null = 2): ActivityDraft {
  return {
    title: '河边捡垃圾',
    place: '南门',
    details: '',
    risk: '',
    insured: false,
    shifts: [{ ...SATURDAY, capacity }],
    ...draft,
  };
}

export const SATURDAY = {
  startsAt: new Date('2026-11-21T09:00:00+08:00'),
  endsAt: new Date('2026-11-21T11:00:00+08:00'),
};
export const SUNDAY = {
  startsAt: new Date('2026-11-22T09:00:00+08:00'),
  endsAt: new Date('2026-11-22T11:00:00+08:00'),
};

/** The question as it would come back with the answer. */
export function asked({ ask }: Outcome): Conversation {
  if (ask === null || ask === undefined) throw new Error('nothing was asked');
  return {
    step: ask.step,
    version: ask.version,
    question: ask.question,
    answers: JSON.parse(JSON.stringify(ask.answers)),
  };
}

export function keysOf({ messages }: Pick<Outcome, 'messages'>): string[] {
  return messages.map(({ said }) => said.key);
}
