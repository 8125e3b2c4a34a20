/** What residents wish for their group, as the subject of a task says it: `stop:<chat>` or `resume:<chat>`. */
import type { Task } from '../../store/task-table.ts';

export interface GroupWish {
  readonly chatId: string;
  readonly on: boolean;
}

export function wishOf({ kind, subjectId }: Pick<Task, 'kind' | 'subjectId'>): GroupWish | null {
  const match = /^(stop|resume):(.+)$/.exec(subjectId ?? '');
  const [, wish, chatId] = match ?? [];
  return kind !== 'question' || chatId === undefined ? null : { chatId, on: wish === 'resume' };
}
