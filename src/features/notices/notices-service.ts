/** What a worker does with a notice: write it, look at it, let it go, take it back, see what became of it, send again. */
import { type AnsweredFrom, answeredFrom, type ChannelName } from '../../model/channel-name.ts';
import type { Community } from '../../model/community.ts';
import type { Attachment } from '../../model/message.ts';
import type { Notice } from '../../model/notice.ts';
import type { Fate, Outgoing, Said } from '../../model/outgoing.ts';
import { findAttachment } from '../../store/attachment-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listGroups } from '../../store/chat-table.ts';
import {
  type AudienceGroup,
  claimForRetry,
  findNotice,
  insertNotice,
  listAudience,
  listDueNotices,
  moveNotice,
  type NoticeDraft,
  pullQueued,
  releaseIfDue,
  updateNotice,
} from '../../store/notice-table.ts';
import { fatesOf } from '../../store/outbox-table.ts';
import type { Transaction } from '../../store/store.ts';
import {
  countFates,
  type DraftFault,
  draftFaults,
  type FateCounts,
  type GroupFate,
  groupFates,
  NOTICE_LIVES_MS,
  TAKE_BACK_MS,
} from './notices-rules.ts';
import { say } from './notices-texts.ts';

/** Who does it and when, for the audit log. */
export interface Act {
  readonly communityId: string;
  readonly staffId: string | null;
  readonly now: Date;
}

export type DraftResult =
  | { readonly ok: true; readonly noticeId: string }
  | {
      readonly ok: false;
      readonly why: DraftFault | 'foreign-group' | 'not-a-draft';
      readonly also?: readonly DraftFault[];
    };

/** `pictureId`: shows the picture of another notice, too. */
export type NewDraft = NoticeDraft & { readonly pictureId?: string | null };

export async function createNotice(tx: Transaction, draft: NewDraft, act: Act): Promise<DraftResult> {
  const refused = await refusalOf(tx, draft, act.communityId);
  if (refused !== null) return refused;
  const { communityId, staffId: createdBy, now } = act;
  const { pictureId = null } = draft;
  const known = await pictureOf(tx, { communityId, pictureId });
  const notice = await insertNotice(tx, { ...draft, pictureId: known?.id ?? null, communityId, createdBy, now });
  await audit(tx, act, 'notice.create', notice.id, { groups: draft.chatIds.length });
  return { ok: true, noticeId: notice.id };
}

/** Only a draft can be changed; a released one must be taken back first. */
export async function editNotice(
  tx: Transaction,
  noticeId: string,
  draft: NoticeDraft,
  act: Act,
): Promise<DraftResult> {
  const refused = await refusalOf(tx, draft, act.communityId);
  if (refused !== null) return refused;
  const changed = await updateNotice(tx, act.communityId, noticeId, draft);
  if (!changed) return { ok: false, why: 'not-a-draft' };
  await audit(tx, act, 'notice.edit', noticeId, { groups: draft.chatIds.length });
  return { ok: true, noticeId };
}

/** Exactly what residents will see in a group there; the channels fold it down to what they can show. */
export function noticeSaid(
  notice: Pick<Notice, 'text' | 'asksReceipt'>,
  picture: Attachment | null,
  channel: ChannelName,
): Said {
  const said = noticeWords(notice, answeredFrom(channel));
  return picture === null ? said : { ...said, attachment: picture };
}

/** Nobody is asked for a word that nobody there would hear. */
function noticeWords({ text, asksReceipt }: Pick<Notice, 'text' | 'asksReceipt'>, from: AnsweredFrom): Said {
  if (!asksReceipt || from === 'nowhere') return say('notice.posted', { text });
  return from === 'page' ? say('notice.posted-receipt-page', { text }) : say('notice.posted-receipt', { text });
}

export async function pictureOf(
  tx: Transaction,
  { communityId, pictureId }: Pick<Notice, 'communityId' | 'pictureId'>,
): Promise<Attachment | null> {
  return pictureId === null ? null : findAttachment(tx, communityId, pictureId);
}

export type ReleaseResult =
  | { readonly ok: true; readonly sendAt: Date }
  | { readonly ok: false; readonly why: 'unknown' | 'not-a-draft' | 'too-early' };

/** Without `at` it goes out in three minutes, so that it can still be had back. */
export async function releaseNotice(
  tx: Transaction,
  noticeId: string,
  { at, ...act }: Act & { readonly at?: Date },
): Promise<ReleaseResult> {
  const notice = await findNotice(tx, act.communityId, noticeId);
  if (notice === null) return { ok: false, why: 'unknown' };
  if (at !== undefined && at <= act.now) return { ok: false, why: 'too-early' };
  const sendAt = at ?? new Date(act.now.getTime() + TAKE_BACK_MS);
  if (!(await moveNotice(tx, noticeId, { from: 'draft', to: 'scheduled', sendAt }))) {
    return { ok: false, why: 'not-a-draft' };
  }
  await audit(tx, act, 'notice.release', noticeId, { sendAt: sendAt.toISOString() }, notice.urgentReason);
  return { ok: true, sendAt };
}

/** `unseen`: nobody got it, it is a draft again (or taken back). `partly`: `pulled` groups will not get it, `gone` have it. */
export type TakeBackResult =
  | { readonly ok: true; readonly how: 'unseen' }
  | { readonly ok: true; readonly how: 'partly'; readonly pulled: number; readonly gone: number }
  | { readonly ok: false; readonly why: 'unknown' | 'too-late' };

export async function takeBackNotice(tx: Transaction, noticeId: string, act: Act): Promise<TakeBackResult> {
  const notice = await findNotice(tx, act.communityId, noticeId);
  if (notice === null) return { ok: false, why: 'unknown' };
  if (await moveNotice(tx, noticeId, { from: 'scheduled', to: 'draft', sendAt: null })) {
    await audit(tx, act, 'notice.take-back', noticeId, { pulled: 0, gone: 0 });
    return { ok: true, how: 'unseen' };
  }
  const pulled = (await pullQueued(tx, noticeId, act.now)).length;
  if (pulled === 0) return { ok: false, why: 'too-late' };
  const { sent, unsure, waiting, recalled } = countFates(await noticeFates(tx, notice));
  const gone = sent + unsure + waiting;
  if (gone === 0) await moveNotice(tx, noticeId, { from: 'released', to: 'taken-back' });
  await audit(tx, act, 'notice.take-back', noticeId, { pulled, gone });
  return gone + recalled === 0 ? { ok: true, how: 'unseen' } : { ok: true, how: 'partly', pulled, gone };
}

/** One message per group, once, however many run it: the step to `released` is taken by one of them. */
export async function releaseDueNotices(tx: Transaction, community: Community, now: Date): Promise<Outgoing[]> {
  const messages: Outgoing[] = [];
  for (const id of await listDueNotices(tx, community.id, now)) {
    const notice = await releaseIfDue(tx, id, now);
    if (notice === null) continue;
    const groups = (await listAudience(tx, notice.id)).filter(({ state }) => state === 'active');
    const picture = await pictureOf(tx, notice);
    messages.push(...groups.map((group) => delivery(notice, picture, group, now)));
  }
  return messages;
}

export async function noticeFates(tx: Transaction, { id, state }: Pick<Notice, 'id' | 'state'>): Promise<GroupFate[]> {
  return groupFates(state, await listAudience(tx, id), await fatesOf(tx, id));
}

/** The number that matters first: what did not arrive, else what still waits, else that all is well. */
export function noticeHeadline({ groups, sent, waiting, failed, unsure, forgotten }: FateCounts): Said {
  if (failed > 0) return say('notice.staff-not-sent', { groups, sent, failed });
  if (unsure > 0) return say('notice.staff-unsure', { groups, sent, unsure });
  if (waiting > 0) return say('notice.staff-waiting', { groups, sent, waiting });
  if (forgotten > 0) return say('notice.staff-long-ago', { groups });
  return say('notice.staff-all-sent', { groups });
}

export type RetryResult =
  | { readonly ok: true; readonly messages: readonly Outgoing[] }
  | { readonly ok: false; readonly why: 'unknown' | 'nothing-failed' };

/** Only what did not arrive. What may have arrived goes again only where the worker says so (`unsureToo`). */
export async function retryNotice(
  tx: Transaction,
  noticeId: string,
  { unsureToo, ...act }: Act & { readonly unsureToo: boolean },
): Promise<RetryResult> {
  const notice = await findNotice(tx, act.communityId, noticeId);
  if (notice === null || notice.state !== 'released') return { ok: false, why: 'unknown' };
  const fates: readonly Fate[] = unsureToo ? ['refused', 'expired', 'unknown'] : ['refused', 'expired'];
  const chatIds = await claimForRetry(tx, noticeId, fates);
  if (chatIds.length === 0) return { ok: false, why: 'nothing-failed' };
  await audit(tx, act, 'notice.retry', noticeId, { groups: chatIds.length, unsureToo });
  const picture = await pictureOf(tx, notice);
  const again = new Set(chatIds);
  const groups = (await listAudience(tx, noticeId)).filter(({ chatId }) => again.has(chatId));
  return { ok: true, messages: groups.map((group) => delivery(notice, picture, group, act.now)) };
}

function delivery(notice: Notice, picture: Attachment | null, { chatId, channel }: AudienceGroup, now: Date): Outgoing {
  return {
    to: { chatId },
    said: noticeSaid(notice, picture, channel),
    kind: 'notice',
    notAfter: new Date(now.getTime() + NOTICE_LIVES_MS),
    urgent: notice.urgentReason !== null,
    subjectId: notice.id,
  };
}

async function refusalOf(tx: Transaction, draft: NoticeDraft, communityId: string): Promise<DraftResult | null> {
  const [why, ...also] = draftFaults(draft);
  if (why !== undefined) return { ok: false, why, also };
  const foreign = await groupFault(tx, draft, communityId);
  return foreign === null ? null : { ok: false, why: foreign };
}

/** A notice goes to groups of its own community only. */
async function groupFault(tx: Transaction, draft: NoticeDraft, communityId: string): Promise<'foreign-group' | null> {
  const own = new Set((await listGroups(tx, communityId)).map(({ id }) => id));
  return draft.chatIds.every((id) => own.has(id)) ? null : 'foreign-group';
}

async function audit(
  tx: Transaction,
  { communityId, staffId, now }: Act,
  action: string,
  subjectId: string,
  detail: Readonly<Record<string, string | number | boolean>>,
  reason: string | null = null,
): Promise<void> {
  const why = reason === null ? {} : { reason };
  await appendAudit(tx, { communityId, staffId, action, subjectId, detail, ...why, at: now });
}
