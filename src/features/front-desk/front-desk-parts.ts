/** What the desk needs to know of the content, and how it puts a text into words within another. */
import type { Content } from '../../content/content.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Understood } from '../../model/understanding.ts';
import type { Turn } from '../../runtime/feature.ts';
import type { Transaction } from '../../store/store.ts';
import { type DeskWords, readDeskWords } from './front-desk-words.ts';

export type DeskContent = Pick<Content, 'tips' | 'texts' | 'languageTables'>;

/** What another feature makes of words that the desk would pass on or not understand. */
export type DeskHint =
  /** It can act on them. */
  | { readonly readAs: Understood }
  /** Only a person can answer, and this is the activity it is about. */
  | { readonly about: string };

/** What needs a member of staff: never a word of the person's own, since it leaves the house. */
export interface NewsForStaff {
  readonly about: string;
  readonly said: Said;
  readonly isUrgent: boolean;
  readonly now: Date;
}

export type TellStaff = (tx: Transaction, community: Community, news: NewsForStaff) => Promise<readonly Outgoing[]>;

export interface DeskParts {
  /** Asked before a message becomes a task or is said not to be understood. */
  readonly knows: (turn: Turn) => Promise<DeskHint | null>;
  /** Says something in the chats of the staff, each matter once; absent: they look at their page. */
  readonly tellStaff?: TellStaff;
  /** The last good set: tables are taken over while the bot runs. */
  readonly content: () => DeskContent;
}

/** The desk's words, read once for each set of content. */
export function rememberWords(): (content: DeskContent) => DeskWords {
  let known: { readonly of: DeskContent; readonly words: DeskWords } | undefined;
  return (content) => {
    if (known?.of !== content) known = { of: content, words: readDeskWords(content.languageTables) };
    return known.words;
  };
}

export function inWords({ texts }: DeskContent, { locale }: Community, { key, variables }: Saying): string {
  return texts.render(locale, key, variables, key);
}
