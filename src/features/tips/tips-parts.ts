/** What the tips feature needs to know of the content, and how it puts a text into words for a task. */
import type { Content } from '../../content/content.ts';
import type { Community } from '../../model/community.ts';
import type { Saying } from '../../model/text.ts';

export type TipContent = Pick<Content, 'tips' | 'calendar' | 'habitCategories' | 'texts' | 'languageTables'>;

export interface TipParts {
  /** The last good set: tables are taken over while the bot runs. */
  readonly content: () => TipContent;
}

export function wordsOf({ texts }: TipContent, { locale }: Community, { key, variables }: Saying): string {
  return texts.render(locale, key, variables, key);
}
