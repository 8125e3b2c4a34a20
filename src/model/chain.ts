/** A #接龙 as it is kept: the list as it grew, its entries, and what about it a person has to decide. */
import { z } from 'zod';
import { CHANNELS } from './channel-name.ts';
import { CONTACTS_KEPT_MS } from './sign-up.ts';
import { ChainEntry } from './understanding.ts';

/** What a platform tells of a native chain beside its text: who wrote which entry, and when. */
export const NativeChain = z.object({
  /** The platform's own id of the chain. */
  id: z.string().optional(),
  /** Addresses are of the channel the message came on. */
  initiator: z.string().optional(),
  theme: z.string().optional(),
  /** How many entries it says there are; the text is the truth. */
  declared: z.number().int().optional(),
  /** In the order of the list. `text` is what was written after the number. */
  entries: z.array(z.object({ author: z.string().optional(), at: z.date().optional(), text: z.string() })),
});
export type NativeChain = z.infer<typeof NativeChain>;

/** A shift of an activity, or the round of household pledges of one plan and year. */
export const CHAIN_TARGET_KINDS = ['shift', 'pledges'] as const;
export type ChainTargetKind = (typeof CHAIN_TARGET_KINDS)[number];

export const ChainTarget = z.object({ kind: z.enum(CHAIN_TARGET_KINDS), id: z.string() });
export type ChainTarget = z.infer<typeof ChainTarget>;

/** `not-ours`: a worker said so, and it is left alone from then on. */
export const CHAIN_STATES = ['unmatched', 'matched', 'not-ours'] as const;
export type ChainState = (typeof CHAIN_STATES)[number];

export interface Chain {
  readonly id: string;
  readonly communityId: string;
  /** The chat it was heard in first. */
  readonly chatId: string | null;
  /** The platform's own id of it, hashed; `null` where only its text was heard. */
  readonly nativeKey: string | null;
  /** Who started it, hashed. */
  readonly initiatorKey: string | null;
  /** The same theme has the same key. */
  readonly themeKey: string;
  readonly theme: string;
  readonly state: ChainState;
  readonly target: ChainTarget | null;
  readonly declared: number | null;
  readonly startedAt: Date;
  /** The last copy that brought anything. */
  readonly heardAt: Date;
  /** What the group has been told of it, so that it is told once. */
  readonly told: ChainTold;
}

export const CHAIN_TOLD = ['nothing', 'heard', 'full'] as const;
export type ChainTold = (typeof CHAIN_TOLD)[number];

/** `unsure`: not signed up until a worker has answered. `dropped`: a worker said that it is none. */
export const CHAIN_ENTRY_STATES = ['standing', 'unsure', 'withdrawn', 'dropped'] as const;
export type ChainEntryState = (typeof CHAIN_ENTRY_STATES)[number];

/** What became of an entry: the sign-up or the household it is on record with. */
export interface ChainRecord {
  readonly id: string;
  /** It was there already, by another way than this list; taking it back is for a person. */
  readonly wasThere: boolean;
}

/** What somebody wrote in one line; personal. Numbers of identity cards are masked in it for good. */
export const ChainLine = ChainEntry.omit({ number: true });
export type ChainLine = z.infer<typeof ChainLine>;

export const ChainWriter = z.object({ channel: z.enum(CHANNELS), account: z.string(), address: z.string() });
export type ChainWriter = z.infer<typeof ChainWriter>;

/** Who took an entry off: somebody in the list itself, somebody by a word in the chat, or a worker. */
const CHAIN_OFF_BY = ['list', 'word', 'staff'] as const;
export type ChainOffBy = (typeof CHAIN_OFF_BY)[number];

export interface KeptEntry {
  readonly id: string;
  readonly chainId: string;
  readonly communityId: string;
  /** As it stood in the last copy that held it. */
  readonly position: number;
  /** `null` once its writer was erased. */
  readonly line: ChainLine | null;
  /** The same line has the same key. */
  readonly lineKey: string;
  /** Lines it had before it was edited: a copy that was made before still brings them. */
  readonly formerKeys: readonly string[];
  /** Who wrote it, hashed; `null` where nobody knows. */
  readonly authorKey: string | null;
  /** Where they write from, sealed with the line; `null` where nobody knows. */
  readonly writer: ChainWriter | null;
  readonly personId: string | null;
  /** When it was written, or the time of the first copy that held it. */
  readonly writtenAt: Date;
  /** Of the copy that brought the line as it is. */
  readonly lineAt: Date;
  /** Whether somebody else's copy held it too: then it was not lost in a fork. */
  readonly relayed: boolean;
  readonly state: ChainEntryState;
  /** When it was last taken off or put back. */
  readonly stateAt: Date;
  readonly offBy: ChainOffBy | null;
  readonly record: ChainRecord | null;
  /** Why it is on no record. */
  readonly refused: ChainRefusal | null;
}

export const CHAIN_REFUSALS = [
  'no-name',
  'closed',
  'past',
  'gone',
  'too-many',
  'no-room-for-more',
  'no-door',
  'which-compound',
  'no-habits',
  'no-building',
  'unsure',
] as const;
export type ChainRefusal = (typeof CHAIN_REFUSALS)[number];

/**
 * `which`: what the list is about. `missing`: gone from a copy of somebody who may not take it off. `came-back`: in a
 * copy again although it was taken off. `changed`: may be another entry in other words. `number`: a number that stands
 * twice. `gap`: a number that nobody has. `many`: more new lines in one copy than people add by hand. `refused`: could
 * not be put on record. `said`: it was said that this one does not come, and maybe not by them. `elsewhere`: taken off
 * here, but the person had signed up by another way as well.
 */
export const CHAIN_DOUBTS = [
  'which',
  'missing',
  'came-back',
  'changed',
  'number',
  'gap',
  'many',
  'refused',
  'said',
  'elsewhere',
] as const;
export type ChainDoubtKind = (typeof CHAIN_DOUBTS)[number];

export interface ChainDoubt {
  readonly id: string;
  readonly communityId: string;
  readonly chainId: string;
  readonly entryId: string | null;
  /** The entry this one may be a change of. */
  readonly otherEntryId: string | null;
  readonly kind: ChainDoubtKind;
  readonly number: number | null;
  readonly raisedAt: Date;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
// Long enough for a worker who was away to say what a list was about.
const UNMATCHED_KEPT_MS = 14 * DAY_MS;
// What was pledged is on record; the list itself is looked at while it is talked about.
const PLEDGES_KEPT_MS = 90 * DAY_MS;

/** Lists older than this are forgotten, with all that was written in them. */
export function chainAges(now: Date): { readonly shiftsEnded: Date; readonly unmatched: Date; readonly pledges: Date } {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return {
    shiftsEnded: before(CONTACTS_KEPT_MS),
    unmatched: before(UNMATCHED_KEPT_MS),
    pledges: before(PLEDGES_KEPT_MS),
  };
}
