/** Messages that WeCom was asked to put before the owner of a customer group, who sends them with one tap. */
import { z } from 'zod';
import type { OwnerTaskRow } from './rows/forwarding-rows.ts';
import type { Transaction } from './store.ts';

export interface OwnerTask {
  readonly outboxId: string;
  readonly communityId: string;
  /** WeCom's id of it; `null` where nobody knows whether WeCom took it. */
  readonly taskId: string | null;
  readonly owner: string;
  readonly wecomChat: string;
  readonly madeAt: Date;
  readonly remindedAt: readonly Date[];
}

/** Before WeCom is asked: false where somebody has just done so. */
export async function claimOwnerTask(
  tx: Transaction,
  task: Pick<OwnerTask, 'outboxId' | 'communityId' | 'owner' | 'wecomChat' | 'madeAt'>,
): Promise<boolean> {
  const claimed = await tx.db
    .insertInto('owner_task')
    .values({
      outbox_id: task.outboxId,
      community_id: task.communityId,
      task_id: null,
      owner: task.owner,
      wecom_chat: task.wecomChat,
      made_at: task.madeAt.getTime(),
      reminded_at: '[]',
    })
    .onConflict((conflict) => conflict.column('outbox_id').doNothing())
    .returning('outbox_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

export async function nameOwnerTask(tx: Transaction, outboxId: string, taskId: string): Promise<void> {
  await tx.db.updateTable('owner_task').set({ task_id: taskId }).where('outbox_id', '=', outboxId).execute();
}

/** WeCom did not take it: it may be handed over again. */
export async function dropOwnerTask(tx: Transaction, outboxId: string): Promise<void> {
  await tx.db.deleteFrom('owner_task').where('outbox_id', '=', outboxId).execute();
}

export async function noteReminder(tx: Transaction, { outboxId, remindedAt }: OwnerTask, now: Date): Promise<void> {
  const times = [...remindedAt, now].map((at) => at.getTime());
  await tx.db
    .updateTable('owner_task')
    .set({ reminded_at: JSON.stringify(times) })
    .where('outbox_id', '=', outboxId)
    .execute();
}

export async function findOwnerTask(tx: Transaction, communityId: string, outboxId: string): Promise<OwnerTask | null> {
  const row = await tx.db
    .selectFrom('owner_task')
    .selectAll()
    .where('outbox_id', '=', outboxId)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : taskOf(row);
}

/** Of messages that still wait. */
export async function listOwnerTasks(tx: Transaction, communityId: string): Promise<OwnerTask[]> {
  const rows = await tx.db
    .selectFrom('owner_task')
    .innerJoin('outbox', 'outbox.id', 'owner_task.outbox_id')
    .selectAll('owner_task')
    .where('owner_task.community_id', '=', communityId)
    .where('outbox.state', '=', 'queued')
    .execute();
  return rows.map(taskOf);
}

function taskOf(row: OwnerTaskRow): OwnerTask {
  return {
    outboxId: row.outbox_id,
    communityId: row.community_id,
    taskId: row.task_id,
    owner: row.owner,
    wecomChat: row.wecom_chat,
    madeAt: new Date(row.made_at),
    remindedAt: z
      .array(z.number())
      .parse(JSON.parse(row.reminded_at))
      .map((at) => new Date(at)),
  };
}
