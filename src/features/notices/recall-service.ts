/** Takes a notice back that stands in groups already, as far as their platforms can. */
import { appendAudit } from '../../store/audit-table.ts';
import { findNotice, moveNotice, pullQueued } from '../../store/notice-table.ts';
import { listRecallable, markRecalled, type Recallable } from '../../store/recall-receipt-table.ts';
import type { Transaction } from '../../store/store.ts';
import { countFates } from './notices-rules.ts';
import { type Act, noticeFates } from './notices-service.ts';

/** How long after it was sent a platform takes a message back, in ms; `null` where it does not. */
export type RecallWithin = (place: Pick<Recallable, 'channel' | 'account'>) => number | null;

export interface RecallChance {
  readonly message: Recallable;
  /** `null`: at any time. */
  readonly until: Date | null;
}

/** The groups it can be taken out of now; where the time is over soonest comes first. */
export async function recallChances(
  tx: Transaction,
  noticeId: string,
  within: RecallWithin,
  now: Date,
): Promise<RecallChance[]> {
  const chances = (await listRecallable(tx, noticeId)).flatMap((message): RecallChance[] => {
    const ms = within(message);
    if (ms === null) return [];
    if (ms === Number.POSITIVE_INFINITY) return [{ message, until: null }];
    const until = new Date(message.sentAt.getTime() + ms);
    return until > now ? [{ message, until }] : [];
  });
  return chances.toSorted((one, other) => endOf(one) - endOf(other));
}

function endOf({ until }: RecallChance): number {
  return until?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

/** Before platforms are asked: what still waits shall not follow what is taken back. Gives how many groups that were. */
export async function stopTheRest(tx: Transaction, noticeId: string, { communityId, now }: Act): Promise<number> {
  const notice = await findNotice(tx, communityId, noticeId);
  return notice?.state === 'released' ? (await pullQueued(tx, noticeId, now)).length : 0;
}

/** Its platform said that it stands there no more. */
export async function noteRecalled(tx: Transaction, { outboxId }: Pick<Recallable, 'outboxId'>): Promise<void> {
  await markRecalled(tx, outboxId);
}

export interface RecallOutcome {
  readonly recalled: number;
  readonly failed: number;
  readonly pulled: number;
}

/** When all platforms have answered. Where no group has it any more the notice is taken back as a whole. */
export async function endRecall(tx: Transaction, noticeId: string, outcome: RecallOutcome, act: Act): Promise<void> {
  const { communityId, staffId, now } = act;
  const notice = await findNotice(tx, communityId, noticeId);
  if (notice === null) return;
  const { sent, unsure, waiting } = countFates(await noticeFates(tx, notice));
  if (sent + unsure + waiting === 0) await moveNotice(tx, noticeId, { from: 'released', to: 'taken-back' });
  const detail = { ...outcome, left: sent + unsure + waiting };
  await appendAudit(tx, { communityId, staffId, action: 'notice.recall', subjectId: noticeId, detail, at: now });
}
