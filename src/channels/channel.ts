/** The port to a platform: decode events, deliver messages, declare what it can do as values. */
import type { ChannelName } from '../model/channel-name.ts';
import type { ChatEvent, ChatKind, Inbound } from '../model/inbound.ts';
import type { Message } from '../model/message.ts';
import type { OutgoingKind } from '../model/outgoing.ts';

export interface Channel {
  readonly name: ChannelName;
  /** The login on the platform; `*` where one channel serves every account (web). */
  readonly account: string;
  readonly can: Capabilities;
  /**
   * Begins to connect and resolves; whether it is connected is told by `status`. Rejects only where it can never
   * work as it is set up. May be called again after `stop`.
   */
  start(sink: Sink): Promise<void>;
  /** Never rejects: what went wrong is an outcome. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>;
  status(): ChannelStatus;
  /** Takes no more events; deliveries under way end by themselves. */
  stop(): Promise<void>;
  /**
   * Takes back what was sent, by the receipt its delivery came with, wherever `can.recallWithinMs` is given. False: it
   * stands there still, or part of it may. Never rejects.
   */
  recall?(chat: Delivery['chat'], receipt: string): Promise<boolean>;
  /** By what name people find it there, once that is known; absent where there are no such names. */
  handle?(): string | null;
  /** A person has looked at a `restricted` account and says that it may speak again. */
  release?(): Promise<void>;
}

/**
 * Resolves when the event's effect is on disk; only then is it confirmed to the platform.
 * Rejects when it could not be kept: the platform is to deliver it again.
 */
export type Sink = (heard: Inbound | ChatEvent) => Promise<void>;

export interface Capabilities {
  /** In graphemes; longer texts are split. */
  readonly longestText: number;
  /** Choices as buttons; without, they become a numbered list. */
  readonly buttons: boolean;
  /** Whether somebody from a group can be told something in private at their own address, without having written there. */
  readonly speaksFirst: boolean;
  /** A picture stands over the words it comes with; elsewhere below them. */
  readonly pictureFirst?: boolean;
  /** So long after it was sent a message can be taken back; absent where none can. */
  readonly recallWithinMs?: number;
  readonly pace: Pace;
}

/** What the platform lets pass; absent means that it sets no limit. Whatever is urgent goes first within it. */
export interface Pace {
  /** Evenly over the whole account. */
  readonly perSecond?: number;
  /** Messages of the account that may be under way at once. */
  readonly atOnce?: number;
  /** Milliseconds from the end of one message of the account to the next, drawn anew from this range each time. */
  readonly gapMs?: readonly [least: number, most: number];
  /** Sliding windows, each chat having its own; all of them hold. */
  readonly perDirect?: readonly Allowance[];
  readonly perGroup?: readonly Allowance[];
}

/** At most so many messages in any stretch of this length. */
export interface Allowance {
  readonly most: number;
  readonly withinMs: number;
}

export interface Delivery {
  /** The same key is the same message: a channel that can tell shows it once. */
  readonly key: string;
  readonly account: string;
  readonly chat: { readonly address: string; readonly kind: ChatKind };
  readonly kind: OutgoingKind;
  readonly message: Message;
  /** How many questions in a group it answers at once, where there is more than one. */
  readonly answers?: number;
}

/**
 * `sent`: the `receipt` is what a recall wants to know, given for notices alone: nobody takes back a reply.
 * `not-sent`: surely not; tried again after `retryAfterMs` (or as the outbox decides), never when `final`.
 * `wholeAccount` holds back everything on the account, not only this chat. `untried`: there was no connection,
 * which is not held against the message. `movedTo`: the chat has another address from now on, and it goes there.
 * `unknown`: it may have arrived. `gone`: there is nobody there any more.
 */
export type DeliveryOutcome =
  | { readonly fate: 'sent'; readonly receipt?: string }
  | {
      readonly fate: 'not-sent';
      readonly code: string;
      readonly final?: boolean;
      readonly gone?: boolean;
      readonly retryAfterMs?: number;
      readonly wholeAccount?: boolean;
      readonly untried?: boolean;
      readonly movedTo?: string;
    }
  | { readonly fate: 'unknown'; readonly code: string };

export const CHANNEL_STATES = ['offline', 'connecting', 'needs-login', 'online', 'degraded', 'kicked'] as const;
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** Why it is not simply online; a person reads a sentence about it, with what to do. */
export const CHANNEL_TROUBLES = [
  'wrong-credentials',
  'another-instance',
  'unreachable',
  'certificate',
  'silent',
  'restricted',
  'not-installed',
  'not-accepted',
  'refused',
] as const;
export type ChannelTrouble = (typeof CHANNEL_TROUBLES)[number];

export interface ChannelStatus {
  readonly state: ChannelState;
  readonly since: Date;
  readonly trouble?: ChannelTrouble;
  /** What a phone scans to log in, where the state is `needs-login` and the platform gave one. */
  readonly loginCode?: string;
}

/** What every channel that sits on a platform is given. */
export interface ChannelParts {
  readonly now: () => Date;
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /**
   * What pressing the choice of this number (from 0) under the message delivered with this key means;
   * `null` once it has been forgotten. Works for messages of earlier processes too.
   */
  readonly choiceOf: (key: string, index: number) => Promise<string | null>;
  /** The bytes of a picture or file of a message. */
  readonly readFile: (id: string) => Promise<Uint8Array | null>;
  readonly words: FoldWords;
  readonly log: ChannelLog;
}

/** Sentences around choices where there are no buttons. */
export interface FoldWords {
  /** Under a numbered list. */
  readonly answerByNumber: string;
  /** Of a single choice. */
  readonly answerByWord: (word: string) => string;
}

/** Fixed sentences with fields; never a text, a token, or an id of a person. */
export interface ChannelLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
