/** Reads a list, or one line of it, with the reader that reads every message. */
import type { ChainLine } from '../../model/chain.ts';
import type { ChainEntry, Understood, Utterance } from '../../model/understanding.ts';
import { keptLine } from './line-rules.ts';

export type Understand = (utterance: Utterance) => Understood;

export interface ReadList {
  readonly theme: string;
  readonly entries: readonly ChainEntry[];
}

/** `null`: it is no list. */
export function readList(understand: Understand, text: string, at: Date): ReadList | null {
  const { intent, slots } = understand({ text, chat: 'group', mentioned: true, at: at.toISOString(), open: null });
  const { theme = '', entries = [] } = slots;
  return intent === 'chain' && entries.length > 0 ? { theme, entries } : null;
}

/** What a worker typed in place of an entry, without its number; `null` where it names nobody. */
export function readLine(understand: Understand, line: string, at: Date): ChainLine | null {
  const words = line.replaceAll(/\s+/gu, ' ').trim();
  const [only, another] = readList(understand, `#Group Note\n\n1. ${words}`, at)?.entries ?? [];
  if (only?.name === undefined || another !== undefined) return null;
  return keptLine(only);
}
