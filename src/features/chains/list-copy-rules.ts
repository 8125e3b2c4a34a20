/** One copy of a list as it was posted, and an entry as it is known from earlier copies. */
import type { ChainLine, KeptEntry } from '../../model/chain.ts';

export interface CopyEntry {
  readonly number: number | undefined;
  readonly line: ChainLine;
  readonly lineKey: string;
  /** Who wrote it and when, where the platform tells. */
  readonly author: string | null;
  readonly writtenAt: Date | null;
}

export interface Copy {
  readonly entries: readonly CopyEntry[];
  /** Who posted it; `null` where nobody knows, as with one that was pasted. */
  readonly poster: string | null;
  /** Bare, as in `nameOf`; empty where nobody knows. */
  readonly posterName: string;
  readonly at: Date;
  /** False where its end was cut off: what is not in it may stand behind the cut. */
  readonly isWhole: boolean;
}

export type KnownEntry = Pick<
  KeptEntry,
  | 'id'
  | 'position'
  | 'line'
  | 'lineKey'
  | 'formerKeys'
  | 'authorKey'
  | 'writtenAt'
  | 'lineAt'
  | 'relayed'
  | 'state'
  | 'stateAt'
  | 'offBy'
>;
