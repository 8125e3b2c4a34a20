/** Who is spoken to in a group, and what is left of the words without the bot's name. */

export interface GroupWords {
  readonly text: string;
  /** Empty, wrong or missing with some puppets: Mac clients, names in the group, names that two people share. */
  readonly mentionIds: readonly string[];
}

export interface BotNames {
  readonly id: string;
  /** The account's name and how it is called in this group. */
  readonly names: readonly string[];
}

export interface Addressed {
  readonly mentioned: boolean;
  readonly text: string;
}

// WeChat writes a four-per-em space after a name that was picked; people type any other, or none at the end.
const AFTER_NAME = '(?:\\u2005|\\s|$)';
// A name nobody told us of: up to the space that WeChat puts after a picked one.
const PICKED_NAME = /^\s*@[^\u2005\n]{1,40}\u2005/u;

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/** Spoken to by id, or by a text that begins with one of the names. */
export function readMention({ text, mentionIds }: GroupWords, { id, names }: BotNames): Addressed {
  const isListed = mentionIds.includes(id);
  const ours = nameAnywhere(names);
  const beginsWithName = ours !== null && new RegExp(`^\\s*${ours.source}`, 'u').test(text);
  if (!isListed && !beginsWithName) return { mentioned: false, text };
  const without = ours === null ? text : text.replace(ours, ' ');
  // Where the list has us alone and no known name stood there, the name that did was ours.
  const isUnknownName = isListed && mentionIds.length === 1 && without === text;
  return { mentioned: true, text: (isUnknownName ? text.replace(PICKED_NAME, '') : without).trim() };
}

/** The longest first: one name may begin with another. */
function nameAnywhere(names: readonly string[]): RegExp | null {
  const known = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
  if (known.length === 0) return null;
  const sorted = known.sort((one, other) => other.length - one.length).map((name) => name.replace(SYNTAX, '\\$&'));
  return new RegExp(`@(?:${sorted.join('|')})${AFTER_NAME}`, 'gu');
}
