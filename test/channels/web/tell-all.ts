/** What the committee does so that something reaches the group of a community on the web. */
import { ensureWebGroup } from '../../../src/community/web-group.ts';
import { createNotice, releaseDueNotices, releaseNotice } from '../../../src/features/notices/notices-service.ts';
import { type ReadyPicture, setPicture } from '../../../src/features/notices/picture-service.ts';
import { postTip } from '../../../src/features/tips/tips-service.ts';
import type { Community } from '../../../src/model/community.ts';
import type { Outgoing } from '../../../src/model/outgoing.ts';
import { webGroupAddress } from '../../../src/model/web-group.ts';
import { findChat } from '../../../src/store/chat-table.ts';
import { findCommunity } from '../../../src/store/community-table.ts';
import type { Transaction } from '../../../src/store/store.ts';
import { findLastPostedTip } from '../../../src/store/tip-table.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import type { Site } from './open-site.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export async function giveWebGroup(site: Site, communityId: string): Promise<void> {
  const community = await communityOf(site, communityId);
  await site.store.write((tx) => ensureWebGroup(tx, community, { title: '居民网页', now: site.clock.now() }));
}

/** Written, let go and sent; three minutes go by. Gives the notice's id. */
export async function tellNotice(
  site: Site,
  communityId: string,
  text: string,
  asksReceipt = false,
  urgentReason: string | null = null,
  picture: ReadyPicture | null = null,
): Promise<string> {
  const act = { communityId, staffId: null, now: site.clock.now() };
  const chatId = await groupIdOf(site, communityId);
  const noticeId = await site.store.write(async (tx) => {
    const made = await createNotice(tx, { text, urgentReason, asksReceipt, chatIds: [chatId] }, act);
    if (!made.ok) throw new Error(made.why);
    if (picture !== null) await setPicture(tx, made.noticeId, picture, act);
    const released = await releaseNotice(tx, made.noticeId, act);
    if (!released.ok) throw new Error(released.why);
    return made.noticeId;
  });
  letPass(site, 3 * MINUTE_MS);
  await send(site, communityId, 'notices', (tx, community) => releaseDueNotices(tx, community, site.clock.now()));
  return noticeId;
}

/** The tip of the day; gives its id. */
export async function tellTip(site: Site, communityId: string): Promise<string> {
  const content = await shippedContent();
  const now = site.clock.now();
  await send(site, communityId, 'tips', (tx, community) => postTip(tx, content, community, { slot: now, now }));
  const posted = { communityId, channel: 'web', account: communityId, until: now } as const;
  return (await site.store.read((tx) => findLastPostedTip(tx, posted)))?.tipId ?? '';
}

/** A group hears at most one unasked message a day. */
export function nextDays(site: Site, days: number): void {
  letPass(site, days * DAY_MS);
}

function letPass({ clock }: Site, ms: number): void {
  clock.set(new Date(clock.now().getTime() + ms));
}

async function send(
  site: Site,
  communityId: string,
  feature: string,
  work: (tx: Transaction, community: Community) => Promise<readonly Outgoing[]>,
): Promise<void> {
  const community = await communityOf(site, communityId);
  const departing = await site.store.write(async (tx) =>
    site.bot.follow(tx, community, feature, { messages: await work(tx, community) }),
  );
  site.bot.dispatcher.handOver(departing);
  site.bot.dispatcher.nudge();
  await site.bot.dispatcher.idle();
}

async function communityOf(site: Site, id: string): Promise<Community> {
  const community = await site.store.read((tx) => findCommunity(tx, id));
  if (community === null) throw new Error(`no community ${id}`);
  return community;
}

async function groupIdOf(site: Site, communityId: string): Promise<string> {
  const place = { channel: 'web', account: communityId, address: webGroupAddress(communityId) } as const;
  return (await site.store.read((tx) => findChat(tx, place)))?.id ?? '';
}
