/** What waits for a person of the committee: the worker's inbox. */
import type { TaskKind } from '../model/records.ts';
import type { TaskRow } from './rows/office-rows.ts';
import type { Transaction } from './store.ts';

export interface Task {
  readonly id: string;
  readonly communityId: string;
  readonly kind: TaskKind;
  /** The record it is about, e.g. an outbox row or a calendar event with its year. */
  readonly subjectId: string | null;
  /** Who asked, and where the answer is to go. */
  readonly personId: string | null;
  readonly chatId: string | null;
  readonly text: string;
  readonly answer: string | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

export type NewTask = Pick<Task, 'communityId' | 'kind' | 'text'> &
  Partial<Pick<Task, 'subjectId' | 'personId' | 'chatId'>> & { readonly now: Date };

export async function insertTask(tx: Transaction, task: NewTask): Promise<string> {
  const id = tx.newId();
  const sealer = await tx.sealer(task.communityId);
  await tx.db
    .insertInto('task')
    .values({
      id,
      community_id: task.communityId,
      kind: task.kind,
      subject_id: task.subjectId ?? null,
      person_id: task.personId ?? null,
      chat_id: task.chatId ?? null,
      text_sealed: sealer.seal(task.text, id, 'task.text'),
      created_at: task.now.getTime(),
    })
    .execute();
  return id;
}

/** The subject of an issue that cannot wait begins with this; whose it is follows. */
export const EMERGENCY_SUBJECT = 'emergency:';

export function isEmergencyTask({ kind, subjectId }: Pick<Task, 'kind' | 'subjectId'>): boolean {
  return kind === 'issue' && subjectId !== null && subjectId.startsWith(EMERGENCY_SUBJECT);
}

/** Emergencies first; of the rest who waits longest is answered first. */
export async function listOpenTasks(tx: Transaction, communityId: string, limit: number): Promise<Task[]> {
  const rows = await tx.db
    .selectFrom('task')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('done_at', 'is', null)
    .orderBy((order) => order.case().when('subject_id', 'like', `${EMERGENCY_SUBJECT}%`).then(0).else(1).end())
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return Promise.all(rows.map((row) => taskOf(tx, row)));
}

export async function findTask(tx: Transaction, communityId: string, id: string): Promise<Task | null> {
  const row = await tx.db
    .selectFrom('task')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : taskOf(tx, row);
}

/** The open one about the same thing, so that nobody is asked twice. */
export async function findOpenTask(
  tx: Transaction,
  communityId: string,
  kind: TaskKind,
  subjectId: string,
): Promise<Task | null> {
  const row = await tx.db
    .selectFrom('task')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('done_at', 'is', null)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst();
  return row === undefined ? null : taskOf(tx, row);
}

// What is added goes along with it, not a book: it is sealed anew with every line.
const LONGEST_TASK = 4_000;

/** The same person goes on: the sentence joins the open task. False where it has been settled meanwhile or is long enough. */
export async function addToTask(
  tx: Transaction,
  { id, communityId }: Pick<Task, 'id' | 'communityId'>,
  sentence: string,
): Promise<boolean> {
  const task = await findTask(tx, communityId, id);
  if (task === null || task.doneAt !== null || task.text.length > LONGEST_TASK) return false;
  const sealer = await tx.sealer(communityId);
  const text = `${task.text}\n${sentence}`;
  const changed = await tx.db
    .updateTable('task')
    .set({ text_sealed: sealer.seal(text, id, 'task.text') })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** False when somebody else settled it first. */
export async function settleTask(
  tx: Transaction,
  task: Pick<Task, 'id' | 'communityId'>,
  done: { readonly answer: string | null; readonly by: string | null; readonly now: Date },
): Promise<boolean> {
  const sealer = await tx.sealer(task.communityId);
  const changed = await tx.db
    .updateTable('task')
    .set({
      done_at: done.now.getTime(),
      done_by: done.by,
      answer_sealed: done.answer === null ? null : sealer.seal(done.answer, task.id, 'task.answer'),
    })
    .where('id', '=', task.id)
    .where('community_id', '=', task.communityId)
    .where('done_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Opens again what was put aside without an answer; false where it was answered, or is asked anew by now. */
export async function reopenTask(tx: Transaction, communityId: string, id: string): Promise<boolean> {
  const reopened = await tx.db
    .updateTable('task')
    .set({ done_at: null, done_by: null })
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .where('done_at', 'is not', null)
    .where('answer_sealed', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('task as other')
            .select('other.id')
            .whereRef('other.community_id', '=', 'task.community_id')
            .whereRef('other.kind', '=', 'task.kind')
            .whereRef('other.subject_id', '=', 'task.subject_id')
            .where('other.done_at', 'is', null),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  return reopened !== undefined;
}

async function taskOf(tx: Transaction, row: TaskRow): Promise<Task> {
  const sealer = await tx.sealer(row.community_id);
  return {
    id: row.id,
    communityId: row.community_id,
    kind: row.kind,
    subjectId: row.subject_id,
    personId: row.person_id,
    chatId: row.chat_id,
    text: sealer.open(row.text_sealed, row.id, 'task.text'),
    answer: row.answer_sealed === null ? null : sealer.open(row.answer_sealed, row.id, 'task.answer'),
    createdAt: new Date(row.created_at),
    doneAt: row.done_at === null ? null : new Date(row.done_at),
  };
}
