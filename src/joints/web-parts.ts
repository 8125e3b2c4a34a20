/** What the web channel asks of the rest of the house. */
import type { HabitGroup, KnownArea, WebParts } from '../channels/web/web-parts.ts';
import type { Content } from '../content/content.ts';
import { areaName } from '../features/binding/area-name.ts';
import { privacyNotice } from '../features/privacy/privacy-feature.ts';
import type { Clock } from '../lib/clock.ts';
import { entranceCode } from '../lib/entrance-code.ts';
import type { Logger } from '../lib/log.ts';
import type { RenderText } from '../model/text.ts';
import { listShiftsFrom } from '../store/activity-table.ts';
import { findChat } from '../store/chat-table.ts';
import { findCommunity, listAreas, listCommunities } from '../store/community-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { webRecords } from './web-records.ts';

export interface WebJoints {
  readonly store: Store;
  readonly content: () => Content;
  readonly render: RenderText;
  readonly mayRehearse: WebParts['mayRehearse'];
  readonly communityOfStaff: WebParts['communityOfStaff'];
  readonly publicUrl: string;
  readonly visitorKey: WebParts['visitorKey'];
  readonly addressOf: WebParts['addressOf'];
  readonly clock: Clock;
  readonly log: Logger;
}

// More than anybody scrolls through on a phone.
const SHIFTS_SHOWN = 50;

export function webParts({ store, content, render, ...rest }: WebJoints): WebParts {
  return {
    ...rest,
    render,
    records: webRecords(store),
    findCommunity: (id) => store.read((tx) => findCommunity(tx, id)),
    findSample: () =>
      store.read(async (tx) => (await listCommunities(tx)).find((community) => community.isSample) ?? null),
    habits: (locale) => habitGroups(content(), locale),
    openShifts: (communityId, now) => store.read((tx) => listShiftsFrom(tx, communityId, now, SHIFTS_SHOWN)),
    areaOfEntrance: (communityId, code) => store.read((tx) => areaOfEntrance(tx, render, communityId, code)),
    groupTitle: (communityId, address) =>
      store.read(async (tx) => {
        const chat = await findChat(tx, { channel: 'web', account: communityId, address });
        return chat?.title ?? null;
      }),
    privacyNotice: (community) => {
      const { key, variables } = privacyNotice(community);
      return render(community.locale, key, variables, community.id);
    },
  };
}

export async function areaOfEntrance(
  tx: Transaction,
  render: RenderText,
  communityId: string,
  code: string,
): Promise<KnownArea | null> {
  const community = await findCommunity(tx, communityId);
  const areas = await listAreas(tx, communityId);
  const area = areas.find(({ id }) => entranceCode(id) === code);
  if (community === null || area === undefined) return null;
  const place = areaName(areas, area.id, community, ({ key, variables }) =>
    render(community.locale, key, variables, key),
  );
  const compound = areas.find(({ id }) => id === area.parentId)?.name ?? null;
  return { id: area.id, place, building: area.kind === 'building' ? area.name : null, compound };
}

function habitGroups({ habits, habitCategories }: Content, locale: string): HabitGroup[] {
  const isChinese = locale.startsWith('zh');
  return habitCategories.map((category) => ({
    name: isChinese ? category.name : category.nameEn,
    habits: habits
      .filter((habit) => habit.category === category.id)
      .map(({ id, title, titleEn, description }) => ({ id, title: isChinese ? title : titleEn, description })),
  }));
}
