/** Choices and a link as buttons under a message. */
import { graphemeLength } from '../../lib/text.ts';
import type { Message } from '../../model/message.ts';
import { pressData } from './press-data.ts';

export interface Button {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

export interface Keyboard {
  readonly rows: readonly (readonly Button[])[];
  /** What of the message the buttons show, so that it need not stand in the text. */
  readonly shows: { readonly choices: boolean; readonly link: boolean };
}

// Beyond that a label on half a phone's width is cut by Telegram.
const SHORT_LABEL = 6;
const IN_A_ROW = 3;

export function keyboardOf({ choices = [], link }: Message, key: string): Keyboard {
  const buttons = choices.flatMap(({ label }, index): Button[] => {
    const data = pressData({ key, index });
    return data === null || label.trim() === '' ? [] : [{ text: label, callback_data: data }];
  });
  const showsChoices = buttons.length === choices.length;
  const showsLink = link !== undefined && isPublic(link.url);
  return {
    rows: [...(showsChoices ? inRows(buttons) : []), ...(showsLink ? [[{ text: link.label, url: link.url }]] : [])],
    shows: { choices: showsChoices, link: showsLink },
  };
}

/** Telegram refuses a whole message for a button to a machine without a public name. */
function isPublic(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && /\.[a-z][a-z0-9-]*$/i.test(hostname) && !hostname.endsWith('.local');
}

function inRows(buttons: readonly Button[]): Button[][] {
  const perRow = buttons.every(({ text }) => graphemeLength(text) <= SHORT_LABEL) ? IN_A_ROW : 1;
  const rows: Button[][] = [];
  for (let from = 0; from < buttons.length; from += perRow) rows.push(buttons.slice(from, from + perRow));
  return rows;
}
