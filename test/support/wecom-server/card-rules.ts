/** What a template card must be (documents 101032, 101087); a card that breaks a rule is refused as a whole. */
import { bytesIn, type Card } from './world.ts';

const NOTICES = ['text_notice', 'news_notice'];
const INTERACTIVE = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/** 0 where nothing is wrong. */
export function cardFault(card: unknown): number {
  if (!isRecord(card) || typeof card.card_type !== 'string') return 40058;
  if (NOTICES.includes(card.card_type)) return hasAction(card) && areListsShort(card) ? 0 : 42045;
  if (!INTERACTIVE.includes(card.card_type)) return 40058;
  const { task_id: taskId, main_title: title } = card;
  if (typeof taskId !== 'string' || !/^[0-9A-Za-z_\-@]{1,128}$/.test(taskId)) return 40058;
  if (!isRecord(title) || !isText(title.title)) return 40058;
  return isFilled(card) && areListsShort(card) ? 0 : 40058;
}

function isFilled(card: Card): boolean {
  if (card.card_type === 'button_interaction')
    return isList(card.button_list, 1, 6, isButton) && areUnique(card.button_list, 'key');
  if (!isButton(card.submit_button)) return false;
  if (card.card_type === 'vote_interaction') return isQuestion(card.checkbox, 20);
  return (
    isList(card.select_list, 1, 3, (select) => isQuestion(select, 10)) && areUnique(card.select_list, 'question_key')
  );
}

function isQuestion(question: unknown, mostOptions: number): boolean {
  if (!isRecord(question) || !isKey(question.question_key)) return false;
  if (question.mode !== undefined && question.mode !== 0 && question.mode !== 1) return false;
  const { option_list: options } = question;
  return isList(options, 1, mostOptions, isOption) && areUnique(options, 'id');
}

function isOption(option: unknown): boolean {
  return isRecord(option) && isText(option.text) && isText(option.id) && bytesIn(option.id) <= 128;
}

function isButton(button: unknown): boolean {
  return isRecord(button) && isText(button.text) && isKey(button.key);
}

function hasAction({ card_action: action }: Card): boolean {
  if (!isRecord(action)) return false;
  return (action.type === 1 && isText(action.url)) || (action.type === 2 && isText(action.appid));
}

const LIST_LENGTHS = { horizontal_content_list: 6, jump_list: 3, vertical_content_list: 4 } as const;

function areListsShort(card: Card): boolean {
  return Object.entries(LIST_LENGTHS).every(
    ([name, most]) => card[name] === undefined || isList(card[name], 0, most, isRecord),
  );
}

function isList(list: unknown, least: number, most: number, isGood: (one: unknown) => boolean): boolean {
  return Array.isArray(list) && list.length >= least && list.length <= most && list.every(isGood);
}

function areUnique(list: unknown, name: string): boolean {
  const values = recordsIn(list).map((one) => one[name]);
  return new Set(values).size === values.length;
}

function isKey(key: unknown): key is string {
  return isText(key) && bytesIn(key) <= 1_024;
}

export function isText(text: unknown): text is string {
  return typeof text === 'string' && text !== '';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
