/** What the committee's pages can do with chains. Each takes a transaction; messages that follow come as effects. */
import type { ChainDoubtKind, ChainEntryState, ChainRefusal, ChainState, ChainTarget } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import type { SignUpState } from '../../model/records.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import type { Effects } from '../../runtime/feature.ts';
import type { Transaction } from '../../store/store.ts';

/** Who does it, where and when. */
export interface ChainOffice {
  readonly community: Community;
  readonly staffId: string | null;
  readonly now: Date;
}

/** In full: rooms and phones as they are; written down in the audit log, so it needs a writing transaction. */
export interface FullWish {
  readonly reason?: string;
}

/** What a chain can be about now: a shift, or this year's round of pledges. */
export interface TargetView {
  readonly target: ChainTarget;
  /** The name of the activity; empty for pledges. */
  readonly title: string;
  /** `null` for pledges. */
  readonly startsAt: Date | null;
}

export interface ChainView {
  readonly id: string;
  /** Numbers of phones and identity cards masked. */
  readonly theme: string;
  readonly state: ChainState;
  readonly about: TargetView | null;
  /** The group it was heard in; `null` where it was written to the bot in private or the group is gone. */
  readonly group: string | null;
  readonly startedAt: Date;
  readonly heardAt: Date;
  /** Entries that stand, and the people they tell of. */
  readonly entries: number;
  readonly people: number;
  /** What waits for an answer. */
  readonly doubts: number;
}

export interface ChainEntryView {
  readonly id: string;
  readonly number: number;
  /** As written, numbers in it masked; `null` where none was. */
  readonly name: string | null;
  /** The building alone unless seen in full. */
  readonly place: HouseholdPlace | null;
  readonly party: number;
  /** Masked unless seen in full. */
  readonly phone: string | null;
  readonly note: string | null;
  readonly state: ChainEntryState;
  /** `null`: on no record (`refused` says why, where it was tried). */
  readonly standing: SignUpState | 'pledged' | 'pledge-withdrawn' | null;
  readonly refused: ChainRefusal | null;
  /** Whether it is known who wrote it, so that they can be told and may take it off. */
  readonly isKnown: boolean;
  readonly writtenAt: Date;
}

export interface ChainDetail {
  readonly chain: ChainView;
  /** In the order of the list; those taken off last. */
  readonly entries: readonly ChainEntryView[];
  readonly doubts: readonly DoubtView[];
}

export interface DoubtView {
  readonly id: string;
  readonly chainId: string;
  readonly theme: string;
  readonly kind: ChainDoubtKind;
  readonly raisedAt: Date;
  readonly entry: ChainEntryView | null;
  /** For `changed`: the entry it may be a change of. */
  readonly other: ChainEntryView | null;
  /** For `number` and `gap`. */
  readonly number: number | null;
  /** For `which`: the likeliest first. Empty otherwise. */
  readonly choices: readonly TargetView[];
  /** Which answers it takes. */
  readonly answers: readonly DoubtAnswer['answer'][];
}

/**
 * `yes` and `no` by kind:
 * `which`: yes takes the first choice, no says that it is none of ours; `target` names one.
 * `missing`, `said`, `elsewhere`: yes takes the entry off, no keeps it.
 * `came-back`: yes puts it back. `number`: yes keeps both, no drops this one. `gap`: either is "seen".
 * `many`: yes lets all that wait count, no drops them.
 * `changed`: yes replaces the other entry, no signs it up beside it. `refused`: yes tries again, no drops it.
 * `change` corrects the entry: the line as it should stand, without its number; then it is put on record again.
 */
export type DoubtAnswer =
  | { readonly answer: 'yes' }
  | { readonly answer: 'no' }
  | { readonly answer: 'target'; readonly target: ChainTarget }
  | { readonly answer: 'change'; readonly line: string };

export type ChainResult =
  | { readonly ok: true; readonly chainId: string; readonly effects: Effects }
  /** `gone`: answered or taken away meanwhile. `not-readable`: the line tells nobody. `no-target`: not open any more. `begun`: what it signed up for has begun, and nobody is taken back. */
  | { readonly ok: false; readonly why: 'gone' | 'not-readable' | 'no-target' | 'begun' };

export interface HeardCounts {
  /** `null`: it waits for somebody to say what it is about. */
  readonly about: TargetView | null;
  readonly chainId: string;
  /** The worker said that it is about something else than was thought; everybody moved along. */
  readonly isMoved: boolean;
  /** By this copy. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Of those added. */
  readonly waiting: number;
  /** What is open about this chain now. */
  readonly doubts: number;
  /** All that stand. */
  readonly entries: number;
  readonly people: number;
  /** Of those, on record. */
  readonly onRecord: number;
}

export type HeardResult =
  | { readonly ok: true; readonly heard: HeardCounts; readonly effects: Effects }
  /** `no-chain`: nothing in it can be read as one. `no-chat`: no such group here. `no-target`: not open any more. */
  | { readonly ok: false; readonly why: 'no-chain' | 'no-chat' | 'no-target' };

export interface PastedChain {
  /** The group it was copied from; `null`: nobody said. */
  readonly chatId: string | null;
  readonly text: string;
  /** Where the worker says what it is about; absent: it is worked out, or asked. */
  readonly target?: ChainTarget;
}

export interface NotYetQuery {
  readonly target: ChainTarget;
  /** The households of one building, or of the building a group belongs to and whoever was in chains of that group. */
  readonly of: { readonly areaId: string } | { readonly chatId: string };
  /** Why it is needed; stands in the audit log. */
  readonly reason?: string;
}

export interface NotYetRow {
  /** `null`: somebody known by an earlier chain of the group alone. */
  readonly householdId: string | null;
  readonly place: HouseholdPlace | null;
  /** Names that members gave, or as written in an earlier chain. */
  readonly names: readonly string[];
}

export interface NotYetList {
  readonly about: TargetView;
  /** The building or the group. */
  readonly title: string;
  /** In the order in which one walks through the building, people without a door last. */
  readonly rows: readonly NotYetRow[];
  /** Of those known, how many are in it. */
  readonly done: number;
  /** Households of the building that nobody knows; `null` where nobody has counted them. */
  readonly unknown: number | null;
}

export interface ChainsService {
  /** The last heard first; `before` is `heardAt` of the last one shown. */
  list(
    tx: Transaction,
    community: Community,
    page: { readonly limit: number; readonly before?: Date; readonly state?: ChainState },
    now: Date,
  ): Promise<ChainView[]>;
  view(tx: Transaction, office: ChainOffice, chainId: string, view: 'masked' | FullWish): Promise<ChainDetail | null>;
  /** The oldest first. */
  listDoubts(tx: Transaction, community: Community, now: Date, limit: number): Promise<DoubtView[]>;
  countDoubts(tx: Transaction, community: Community): Promise<number>;
  answer(tx: Transaction, office: ChainOffice, doubtId: string, answer: DoubtAnswer): Promise<ChainResult>;
  /** What a chain is about, said or changed by a worker; `null`: none of ours, and what it signed up is taken back. */
  assign(tx: Transaction, office: ChainOffice, chainId: string, target: ChainTarget | null): Promise<ChainResult>;
  /** Takes one entry off, with what it signed up. */
  withdraw(tx: Transaction, office: ChainOffice, entryId: string): Promise<ChainResult>;
  /** Puts one back that was taken off or dropped. */
  restore(tx: Transaction, office: ChainOffice, entryId: string): Promise<ChainResult>;
  hearPasted(tx: Transaction, office: ChainOffice, pasted: PastedChain): Promise<HeardResult>;
  /** What a chain can be about now, the soonest shift first. */
  listTargets(tx: Transaction, community: Community, now: Date): Promise<TargetView[]>;
  /** A text to copy into a group that starts a chain; a bot cannot start a native one. `null`: not open any more. */
  readyText(tx: Transaction, community: Community, target: ChainTarget, now: Date): Promise<string | null>;
  /** For staff only, to be printed; written down in the audit log, so it needs a writing transaction. */
  listNotYet(tx: Transaction, office: ChainOffice, query: NotYetQuery): Promise<NotYetList | null>;
}
