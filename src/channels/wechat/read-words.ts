/** What a message of WeChat is to the bot: words, a native #接龙, something attached, or nothing. */
import type { Inbound } from '../../model/inbound.ts';
import { isGroupNoteXml, readGroupNote } from './group-note-text.ts';
import { type Addressed, type BotNames, readMention } from './mention-rules.ts';
import { splitQuote } from './quoted-text.ts';
import { isRestriction } from './send-outcome.ts';

export interface RawWords {
  readonly type: number;
  readonly text: string;
  readonly mentionIds: readonly string[];
}

export type SaidWords = Pick<Inbound, 'text' | 'mentioned' | 'attached' | 'chain'>;

// wechaty's `MessageType`.
const TYPE = { audio: 2, groupNote: 10, image: 6, attachment: 1, text: 7, recalled: 13, unknown: 0, video: 15 };

const ATTACHED: Readonly<Record<number, Inbound['attached']>> = {
  [TYPE.audio]: 'voice',
  [TYPE.image]: 'image',
  [TYPE.video]: 'video',
  [TYPE.attachment]: 'file',
};

/** `null`: nothing that anybody said. `bot` is `null` in a private chat. */
export function readWords(raw: RawWords, bot: BotNames | null): SaidWords | null {
  if (raw.type === TYPE.text) return withQuote(raw, bot);
  // Some puppets know no group note and give its XML under another type; in a text it is what somebody typed.
  if (raw.type === TYPE.groupNote || isGroupNoteXml(raw.text)) {
    const { text, chain } = readGroupNote(raw.text);
    // A name in the title stays where it is: it is part of the list as people see it.
    const said = { text, mentioned: addressed({ ...raw, text }, bot).mentioned };
    return chain === undefined ? said : { ...said, chain };
  }
  // Notices of WeChat itself and messages taken back.
  if (raw.type === TYPE.unknown || raw.type === TYPE.recalled) return null;
  // Where it is no text, the text is the platform's XML or the name of a file.
  return { text: '', mentioned: false, attached: ATTACHED[raw.type] ?? 'other' };
}

function withQuote(raw: RawWords, bot: BotNames | null): SaidWords | null {
  const { text, quoted } = splitQuote(raw.text);
  const said = addressed({ ...raw, text }, bot);
  const answersBot = quoted !== null && bot?.names.includes(quoted.name) === true;
  const words = said.text === '' ? (quoted?.text ?? '') : said.text;
  return { text: words, mentioned: said.mentioned || answersBot };
}

function addressed(raw: RawWords, bot: BotNames | null): Addressed {
  return bot === null ? { mentioned: false, text: raw.text } : readMention(raw, bot);
}

// Puppets give seconds or milliseconds; wechaty's own rule tells them apart.
const SECONDS_BELOW = 1e11;

export function timeOf(timestamp: number, now: Date): Date {
  if (!Number.isFinite(timestamp) || timestamp <= 0) return now;
  return new Date(timestamp < SECONDS_BELOW ? timestamp * 1000 : timestamp);
}

// Accounts of WeChat itself and helpers of the app, by the ids they have everywhere.
const NOT_PEOPLE = new Set([
  'weixin',
  'filehelper',
  'fmessage',
  'medianote',
  'floatbottle',
  'newsapp',
  'notifymessage',
]);
// wechaty's `ContactType`: public accounts.
const OFFICIAL = 2;

export function isPerson(contactId: string, contactType: number): boolean {
  return contactType !== OFFICIAL && !NOT_PEOPLE.has(contactId) && !contactId.startsWith('gh_');
}

/** WeChat's own account speaks of the account it writes to (帐号, 账号, 微信号): the first sign that it minds something. */
export function isWarning(talkerId: string, text: string): boolean {
  return talkerId === WECHAT_TEAM && /[\u5e10\u8d26]\u53f7|\u5fae\u4fe1\u53f7/u.test(text) && isRestriction(text);
}

const WECHAT_TEAM = 'weixin';
