/** Chooses tips: two a week for a community's groups by themselves, and one for whoever asks. */
import { chooseTip, type TipChoiceInput } from '../../content/tip-choice.ts';
import { addDays, instantOf, localDate } from '../../lib/zoned-time.ts';
import type { Chat } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { HabitCategory } from '../../model/habit.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { SentTip, Tip } from '../../model/tip.ts';
import { listAnnouncedDays } from '../../store/announced-days-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listGroups, setUnaskedStopped } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type ChatTip,
  insertTipPosting,
  listChatTips,
  listGroupTips,
  listTipPostings,
  rememberChatTip,
} from '../../store/tip-table.ts';
import type { TipContent } from './tips-parts.ts';
import { latestTipTime } from './tips-rules.ts';
import { say } from './tips-texts.ts';

const YEAR_DAYS = 366;

/** One tip to every group that takes tips; none where the community had its tip that day or nothing fresh is left. */
export async function postTip(
  tx: Transaction,
  content: TipContent,
  community: Community,
  { slot, now }: { readonly slot: Date; readonly now: Date },
): Promise<Outgoing[]> {
  const { zone, tips } = community.settings;
  const today = localDate(slot, zone);
  const notAfter = instantOf(today, latestTipTime(tips.time), zone);
  const groups = (await listGroups(tx, community.id)).filter(takesTips);
  if (groups.length === 0 || now >= notAfter) return [];

  const sent = await sentToGroups(tx, community, today);
  const tip = chooseTip(await choiceInput(tx, content, community, { today, sent }));
  if (tip === null || !(await insertTipPosting(tx, community.id, { tipId: tip.id, onDay: today }))) return [];
  for (const group of groups) await rememberChatTip(tx, group.id, { tipId: tip.id, at: now });
  return groups.map((group) => ({
    to: { chatId: group.id },
    said: say('tip.posted', { text: tip.text }),
    kind: 'tip',
    notAfter,
    collapseKey: 'tip',
  }));
}

/** Fresh for this chat, of the wanted kind; null where it has heard them all within the year. */
export async function giveTip(
  tx: Transaction,
  content: TipContent,
  community: Community,
  wish: { readonly chat: Chat; readonly category: HabitCategory | null; readonly now: Date },
): Promise<Tip | null> {
  const { zone } = community.settings;
  const today = localDate(wish.now, zone);
  const heard = await listChatTips(tx, wish.chat.id, yearBefore(today, zone));
  const input = await choiceInput(tx, content, community, { today, sent: heard.map((tip) => sentTip(tip, zone)) });
  const tip = chooseTip(wish.category === null ? input : { ...input, category: wish.category });
  if (tip !== null) await rememberChatTip(tx, wish.chat.id, { tipId: tip.id, at: wish.now });
  return tip;
}

/** The committee decides for a group whether tips come. */
export async function setGroupTips(
  tx: Transaction,
  group: { readonly communityId: string; readonly chatId: string },
  { on, staffId, now }: { readonly on: boolean; readonly staffId: string | null; readonly now: Date },
): Promise<boolean> {
  const own = await listGroups(tx, group.communityId);
  if (!own.some(({ id }) => id === group.chatId)) return false;
  await setUnaskedStopped(tx, group.chatId, on ? null : now);
  const action = on ? 'tips.resume' : 'tips.stop';
  await appendAudit(tx, { communityId: group.communityId, staffId, action, subjectId: group.chatId, at: now });
  return true;
}

function takesTips(group: Chat): boolean {
  return group.state === 'active' && group.unaskedStoppedAt === null;
}

/** By themselves or on request: no group hears the same within a year. */
async function sentToGroups(tx: Transaction, community: Community, today: string): Promise<SentTip[]> {
  const { zone } = community.settings;
  const posted = await listTipPostings(tx, community.id, addDays(today, -YEAR_DAYS));
  const heard = await listGroupTips(tx, community.id, yearBefore(today, zone));
  return [...posted.map(({ tipId, onDay }) => ({ tipId, on: onDay })), ...heard.map((tip) => sentTip(tip, zone))];
}

async function choiceInput(
  tx: Transaction,
  { tips, calendar }: TipContent,
  community: Community,
  { today, sent }: Pick<TipChoiceInput, 'today' | 'sent'>,
): Promise<TipChoiceInput> {
  const announced = await listAnnouncedDays(tx, community.id, Number(today.slice(0, 4)) - 1);
  return { tips, calendar, announced, today, sent, region: community.settings.province };
}

function sentTip({ tipId, at }: ChatTip, zone: string): SentTip {
  return { tipId, on: localDate(at, zone) };
}

function yearBefore(today: string, zone: string): Date {
  return instantOf(addDays(today, -YEAR_DAYS), '00:00', zone);
}
