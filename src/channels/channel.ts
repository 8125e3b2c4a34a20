/** The port to a platform: decode events, deliver messages, declare what it can do as values. */
import type { ChannelName } from '../model/channel-name.ts';
import type { ChatKind, Inbound } from '../model/inbound.ts';
import type { Message } from '../model/message.ts';
import type { OutgoingKind } from '../model/outgoing.ts';

export interface Channel {
  readonly name: ChannelName;
  /** The login on the platform; `*` where one channel serves every account (web, manual). */
  readonly account: string;
  readonly can: Capabilities;
  start(sink: Sink): Promise<void>;
  /** Never rejects: what went wrong is an outcome. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>;
  status(): ChannelStatus;
  /** Takes no more events; deliveries under way end by themselves. */
  stop(): Promise<void>;
}

/**
 * Resolves when the event's effect is on disk; only then is it confirmed to the platform.
 * Rejects when it could not be kept: the platform is to deliver it again.
 */
export type Sink = (inbound: Inbound) => Promise<void>;

export interface Capabilities {
  /** In graphemes; longer texts are split. */
  readonly longestText: number;
  /** Choices as buttons; without, they become a numbered list. */
  readonly buttons: boolean;
  /** Whether somebody from a group can be told something in private at their own address, without having written there. */
  readonly speaksFirst: boolean;
  readonly pace: Pace;
}

/** What the platform lets pass; absent means that it sets no limit. */
export interface Pace {
  readonly perSecond?: number;
  readonly perChatPerMinute?: number;
}

export interface Delivery {
  /** The same key is the same message: a channel that can tell shows it once. */
  readonly key: string;
  readonly account: string;
  readonly chat: { readonly address: string; readonly kind: ChatKind };
  readonly kind: OutgoingKind;
  readonly message: Message;
}

/**
 * `not-sent`: surely not; tried again after `retryAfterMs` (or as the outbox decides), never when `final`.
 * `wholeAccount` holds back everything on the account, not only this chat.
 * `unknown`: it may have arrived. `gone`: there is nobody there any more.
 */
export type DeliveryOutcome =
  | { readonly fate: 'sent' }
  | {
      readonly fate: 'not-sent';
      readonly code: string;
      readonly final?: boolean;
      readonly gone?: boolean;
      readonly retryAfterMs?: number;
      readonly wholeAccount?: boolean;
    }
  | { readonly fate: 'unknown'; readonly code: string };

export const CHANNEL_STATES = ['offline', 'connecting', 'needs-login', 'online', 'degraded', 'kicked'] as const;
export interface ChannelStatus {
  readonly state: (typeof CHANNEL_STATES)[number];
  readonly since: Date;
}
