/** Tasks that many people may raise: open once at a time for the same thing, with everybody who waits for the answer. */
import type { TaskKind } from '../model/records.ts';
import type { Transaction } from './store.ts';
import type { NewTask } from './task-table.ts';

/** The kinds held by the unique key `task_once_key`; a subject is an id or a keyed hash, never what a person typed. */
export type AskedTask = Omit<NewTask, 'kind' | 'subjectId'> & {
  readonly kind: Extract<TaskKind, 'unknown-waste' | 'days-to-confirm' | 'question'>;
  readonly subjectId: string;
};

/** The task that now is open about it. Two who ask at the same moment share one: the database decides. */
export async function openTaskOnce(tx: Transaction, task: AskedTask): Promise<{ taskId: string; isNew: boolean }> {
  const id = tx.newId();
  const sealer = await tx.sealer(task.communityId);
  const inserted = await tx.db
    .insertInto('task')
    .values({
      id,
      community_id: task.communityId,
      kind: task.kind,
      subject_id: task.subjectId,
      person_id: task.personId ?? null,
      chat_id: task.chatId ?? null,
      text_sealed: sealer.seal(task.text, id, 'task.text'),
      created_at: task.now.getTime(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) return { taskId: id, isNew: true };
  const open = await tx.db
    .selectFrom('task')
    .select('id')
    .where('community_id', '=', task.communityId)
    .where('kind', '=', task.kind)
    .where('subject_id', '=', task.subjectId)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { taskId: open.id, isNew: false };
}

export interface Asker {
  readonly personId: string;
  readonly chatId: string;
}

export async function insertAsker(tx: Transaction, taskId: string, asker: Asker, now: Date): Promise<void> {
  await tx.db
    .insertInto('task_asker')
    .values({ task_id: taskId, person_id: asker.personId, chat_id: asker.chatId, asked_at: now.getTime() })
    .onConflict((conflict) => conflict.columns(['task_id', 'person_id', 'chat_id']).doNothing())
    .execute();
}

/** Who asked first comes first. */
export async function listAskers(tx: Transaction, taskId: string): Promise<Asker[]> {
  const rows = await tx.db
    .selectFrom('task_asker')
    .select(['person_id', 'chat_id'])
    .where('task_id', '=', taskId)
    .orderBy('asked_at')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => ({ personId: row.person_id, chatId: row.chat_id }));
}

/** Whether it was ever asked, answered or not. */
export async function wasEverAsked(
  tx: Transaction,
  communityId: string,
  kind: TaskKind,
  subjectId: string,
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('task')
    .select('id')
    .where('community_id', '=', communityId)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many questions of this person the committee has or had. */
export async function countAskedBy(tx: Transaction, personId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('task_asker')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/**
 * What a person said to the committee goes with them: questions and messages that could not be handled as a whole; of an
 * issue only that there was one stays; a thing nobody knew stays while somebody else waits for the same answer.
 */
export async function eraseAskedBy(tx: Transaction, communityId: string, personId: string): Promise<void> {
  const { db } = tx;
  const asked = await db.selectFrom('task_asker').select('task_id').where('person_id', '=', personId).execute();
  await db.deleteFrom('task').where('kind', '=', 'message-failed').where('person_id', '=', personId).execute();
  await db.deleteFrom('task_asker').where('person_id', '=', personId).execute();
  await deleteUnasked(
    tx,
    asked.map((row) => row.task_id),
  );
  await emptyIssuesOf(tx, communityId, personId);
}

async function deleteUnasked({ db }: Transaction, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length === 0) return;
  const askers = db.selectFrom('task_asker').select('task_id').where('task_id', 'in', taskIds);
  await db
    .deleteFrom('task')
    .where('id', 'in', taskIds)
    .where('kind', 'in', ['question', 'unknown-waste'])
    .where('id', 'not in', askers)
    .execute();
}

async function emptyIssuesOf(tx: Transaction, communityId: string, personId: string): Promise<void> {
  const sealer = await tx.sealer(communityId);
  const issues = await tx.db
    .selectFrom('task')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', 'issue')
    .execute();
  for (const { id } of issues) {
    const text_sealed = sealer.seal('', id, 'task.text');
    const kept = { text_sealed, answer_sealed: null, subject_id: null, person_id: null, chat_id: null };
    await tx.db.updateTable('task').set(kept).where('id', '=', id).execute();
  }
}
