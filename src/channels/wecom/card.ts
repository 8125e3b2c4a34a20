/** Template cards with which somebody answers by a tap, and what they look like once that is done. */
import { graphemeLength } from '../../lib/text.ts';
import type { Choice } from '../../model/message.ts';
import { BUTTON, type CardText, OPTION } from './card-text.ts';
import { byteLength } from './markdown.ts';

export type Card = ButtonCard | VoteCard;

interface Head {
  readonly main_title: { readonly title: string; readonly desc?: string };
  /** Never the same again on this bot (document 101032). */
  readonly task_id: string;
}

export interface ButtonCard extends Head {
  readonly card_type: 'button_interaction';
  readonly sub_title_text?: string;
  readonly button_list: readonly { readonly text: string; readonly style: number; readonly key: string }[];
}

export interface VoteCard extends Head {
  readonly card_type: 'vote_interaction';
  readonly checkbox: {
    readonly question_key: string;
    readonly mode: 0 | 1;
    readonly disable?: boolean;
    readonly option_list: readonly { readonly id: string; readonly text: string; readonly is_checked: boolean }[];
  };
  readonly submit_button: { readonly text: string; readonly key: string };
}

export const MOST_BUTTONS = 6;
const MOST_OPTIONS = 20;
const OPTION_ID_BYTES = 128;
// Blue, and grey for what is done (document 101032).
const [PLAIN, GREY] = [1, 4];
const QUESTION = 'q';
/** Pressing it means nothing any more. */
export const DONE = 'done';
export const SUBMIT = 'submit';

/** Whether every label can be read whole. */
export function areButtons(choices: readonly Choice[]): boolean {
  return choices.length <= MOST_BUTTONS && choices.every(({ label }) => graphemeLength(label) <= BUTTON);
}

export function areOptions(choices: readonly Choice[]): boolean {
  return choices.length <= MOST_OPTIONS && choices.every(({ label }) => graphemeLength(label) <= OPTION);
}

export function buttonCard({ title, body }: CardText, labels: readonly string[], taskId: string): ButtonCard {
  return {
    card_type: 'button_interaction',
    main_title: { title },
    ...(body === '' ? {} : { sub_title_text: body }),
    button_list: labels.map((text, index) => ({ text, style: PLAIN, key: keyOf(index) })),
    task_id: taskId,
  };
}

/** One of many: the option bears the number of the choice, as a button does. */
export function choiceCard(text: CardText, choices: readonly Choice[], submit: string, taskId: string): VoteCard {
  return voteCard(
    text,
    choices.map(({ label }, index) => ({ id: keyOf(index), text: label })),
    0,
    submit,
    taskId,
  );
}

/** Several of many: an option bears what it says, so that it is known without any memory. `null`: it says too much. */
export function ballotCard(text: CardText, ballot: readonly Choice[], submit: string, taskId: string): VoteCard | null {
  const options = ballot.map(({ label, say }) => ({ id: `${SAYS}${say}`, text: label }));
  const ids = new Set(options.map(({ id }) => id));
  if (ids.size !== options.length || options.some(({ id }) => byteLength(id) > OPTION_ID_BYTES)) return null;
  return voteCard(text, options, 1, submit, taskId);
}

function voteCard(
  { title, body }: CardText,
  options: readonly { readonly id: string; readonly text: string }[],
  mode: 0 | 1,
  submit: string,
  taskId: string,
): VoteCard {
  return {
    card_type: 'vote_interaction',
    main_title: { title, ...(body === '' ? {} : { desc: body }) },
    checkbox: {
      question_key: QUESTION,
      mode,
      option_list: options.map((option) => ({ ...option, is_checked: false })),
    },
    submit_button: { text: submit, key: SUBMIT },
    task_id: taskId,
  };
}

/** Buttons cannot be taken away, so one is left that says what was chosen. */
export function doneCard(card: Card, chosen: readonly string[], words: string): Card {
  if (card.card_type === 'button_interaction') {
    return { ...card, button_list: [{ text: words, style: GREY, key: DONE }] };
  }
  const options = card.checkbox.option_list.map((option) => ({ ...option, is_checked: chosen.includes(option.id) }));
  return {
    ...card,
    checkbox: { ...card.checkbox, disable: true, option_list: options },
    submit_button: { text: words, key: DONE },
  };
}

const CHOICE = 'c';
const SAYS = 's';

function keyOf(index: number): string {
  return `${CHOICE}${index}`;
}

/** Which choice a key of a button or option stands for; `null`: none. */
export function choiceIndex(key: string): number | null {
  return /^c\d{1,2}$/.test(key) ? Number(key.slice(1)) : null;
}

/** What an option of a ballot says; `null`: it is none. */
export function saidBy(id: string): string | null {
  return id.startsWith(SAYS) ? id.slice(SAYS.length) : null;
}
