/** What somebody chose on a card. */
import type { Press } from './callback-body.ts';
import { choiceIndex, DONE, SUBMIT, saidBy } from './card.ts';
import type { SentCard } from './card-memory.ts';
import { keyOfTask } from './task-id.ts';

export interface Chosen {
  /** As if it had been typed. */
  readonly text: string;
  /** As it stood on the card. */
  readonly label: string;
  /** Of the options that were ticked. */
  readonly ids: readonly string[];
}

export type ChoiceOf = (key: string, index: number) => Promise<string | null>;

/** `null`: nothing that means anything, or that anybody remembers. */
export async function chosenBy(press: Press, sent: SentCard | null, choiceOf: ChoiceOf): Promise<Chosen | null> {
  const { event_key: eventKey } = press;
  if (eventKey === DONE) return null;
  if (eventKey !== SUBMIT) return chosenOne(eventKey, press, sent, choiceOf);
  const ids = (press.selected_items?.selected_item ?? []).flatMap(({ option_ids }) => option_ids.option_id);
  const ballot = inOrder(ids, sent).flatMap((id) => saidBy(id) ?? []);
  if (ballot.length > 0) return { text: ballot.join(' '), label: ballot.join(' '), ids };
  const [only] = ids;
  return only === undefined ? null : chosenOne(only, press, sent, choiceOf);
}

async function chosenOne(
  id: string,
  { task_id: taskId }: Press,
  sent: SentCard | null,
  choiceOf: ChoiceOf,
): Promise<Chosen | null> {
  const index = choiceIndex(id);
  const key = keyOfTask(taskId);
  if (index === null || key === null) return null;
  const label = sent?.labels[index];
  const text = (await choiceOf(key, index)) ?? label;
  return text === undefined ? null : { text, label: label ?? text, ids: [id] };
}

/** As they stand on the card, however they were ticked. */
function inOrder(ids: readonly string[], sent: SentCard | null): readonly string[] {
  if (sent?.card.card_type !== 'vote_interaction') return ids;
  return sent.card.checkbox.option_list.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}
