/** What chains need of the rest of the house, in their own words; joined in src/joints. */
import type { ChainLine, ChainRefusal, ChainTargetKind } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import type { SignUpState } from '../../model/records.ts';
import type { RenderText } from '../../model/text.ts';
import type { HouseholdPlace, Understood, Utterance } from '../../model/understanding.ts';
import type { Effects } from '../../runtime/feature.ts';
import type { Transaction } from '../../store/store.ts';
import type { ChainWords, WordContent } from './chain-words.ts';
import type { Candidate } from './target-rules.ts';

export interface ChainParts {
  readonly desks: readonly TargetDesk[];
  /** The last good set: tables are taken over while the bot runs. */
  readonly content: () => WordContent;
  readonly understand: (utterance: Utterance) => Understood;
  readonly render: RenderText;
}

/** With the words as they are now. */
export interface HearingParts extends Pick<ChainParts, 'desks'> {
  readonly words: ChainWords;
}

/** Whoever keeps the records that a list of one kind ends in: sign-ups, or pledges. */
export interface TargetDesk {
  readonly kind: ChainTargetKind;
  /** What a list can be about now, the soonest first. */
  open(tx: Transaction, community: Community, now: Date): Promise<readonly DeskTarget[]>;
  /** `null` where there is none any more. */
  find(tx: Transaction, community: Community, id: string, now: Date): Promise<DeskTarget | null>;
  /** Puts an entry on record, or changes what it has there. */
  record(tx: Transaction, wish: RecordWish): Promise<Recorded>;
  takeBack(tx: Transaction, community: Community, recordId: string, now: Date): Promise<Effects>;
  /** The record stays as a number; whose it was is gone. */
  forget(tx: Transaction, community: Community, recordId: string): Promise<void>;
  standings(
    tx: Transaction,
    community: Community,
    targetId: string,
    recordIds: readonly string[],
  ): Promise<ReadonlyMap<string, Standing>>;
  whoIsIn(tx: Transaction, community: Community, id: string): Promise<WhoIsIn>;
}

export type Standing = SignUpState | 'pledged' | 'pledge-withdrawn';

export interface DeskTarget extends Candidate {
  readonly startsAt: Date | null;
  /** Whether it takes more. */
  readonly isOpen: boolean;
  /** The day as people of this place write it, without today or tomorrow: it is copied on for days. Empty for pledges. */
  readonly dayWords: string;
}

export interface RecordWish {
  readonly community: Community;
  readonly targetId: string;
  /** The group the list is of; its building need not be said. */
  readonly chatId: string | null;
  /** `null`: written by somebody nobody knows, or for a neighbour. */
  readonly personId: string | null;
  readonly line: ChainLine;
  /** What stands over the list may name habits that everybody on it pledges. */
  readonly theme: string;
  /** What this entry has on record already. */
  readonly recordId: string | null;
  readonly now: Date;
}

export type Recorded =
  | {
      readonly ok: true;
      readonly recordId: string;
      /** It had been there before by another way. */
      readonly wasThere: boolean;
      readonly isWaiting: boolean;
      readonly effects: Effects;
    }
  | { readonly ok: false; readonly why: ChainRefusal };

export interface WhoIsIn {
  readonly personIds: ReadonlySet<string>;
  readonly householdIds: ReadonlySet<string>;
  readonly doors: readonly HouseholdPlace[];
  /** Bare, as in `nameOf`. */
  readonly names: ReadonlySet<string>;
}

export function deskOf({ desks }: Pick<ChainParts, 'desks'>, kind: ChainTargetKind): TargetDesk {
  const desk = desks.find((one) => one.kind === kind);
  if (desk === undefined) throw new Error(`nobody keeps records of ${kind}`);
  return desk;
}
