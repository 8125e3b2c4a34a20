/** What the loopback WeCom knows: bots, conversations, what each request id is good for, and what people see. */
import { createHash, randomUUID } from 'node:crypto';
import type { ManualClock } from '../manual-clock.ts';
import type { Faults } from './faults.ts';
import type { Frame } from './frame.ts';

export const MEDIA_TYPES = ['image', 'voice', 'video', 'file'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export interface World {
  /** By which everything lasts and expires. */
  readonly clock: ManualClock;
  /** What time it is for people. */
  readonly calendar: () => Date;
  readonly faults: Faults;
  readonly bots: Map<string, Bot>;
  readonly chats: Chat[];
  readonly reqIds: Map<string, ReqId>;
  readonly sessions: Set<Session>;
  readonly robots: Map<string, Robot>;
  /** Encrypted files that a callback pointed to, by the last part of their address. */
  readonly downloads: Map<string, Download>;
  /** Acks and upgrades that wait for the test. */
  readonly held: (() => void)[];
  /** What came over the wire and was no frame. */
  readonly junk: string[];
  origin: string;
}

export interface Bot {
  readonly id: string;
  secret: string;
  readonly name: string;
  session: Session | null;
  readonly subscribed: number[];
  readonly uploaded: number[];
  /** Used once and never again. */
  readonly taskIds: Set<string>;
  readonly uploads: Map<string, Upload>;
  readonly media: Map<string, Media>;
  /** Acks that go out on the next connection. */
  readonly lateAcks: string[];
  /** Callbacks that found no connection. */
  readonly missed: Callback[];
  waiting: Callback | null;
}

export interface Callback {
  readonly cmd: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly grant: Omit<ReqId, 'session' | 'at'>;
}

export interface Session {
  readonly number: number;
  bot: Bot | null;
  isDisplaced: boolean;
  heardAt: number;
  readonly frames: Frame[];
  write(text: string): void;
  /** Bytes that need be no frame at all; with what was written before they go out as one. */
  writeBytes(text: string, bytes: Uint8Array): void;
  /** The line breaks: the client sees 1006. */
  cut(): void;
  /** Closed in due form. */
  end(): void;
}

/** Of one bot: its private chats are known by the person's id, groups by their own. */
export interface Chat {
  readonly id: string;
  readonly kind: 'single' | 'group';
  readonly botId: string;
  readonly members: Set<string>;
  /** Somebody has spoken to the bot here, so it may push. */
  hasSpoken: boolean;
  presence: 'in' | 'removed' | 'dissolved';
  readonly sentAt: number[];
  readonly screen: ScreenItem[];
}

export type ScreenItem =
  | { readonly what: 'person'; readonly from: string; readonly text: string }
  | { readonly what: 'text'; readonly via: Via; content: string; stream?: { id: string; at: number; isDone: boolean } }
  | {
      readonly what: 'media';
      readonly via: Via;
      readonly type: MediaType;
      readonly name: string;
      readonly bytes: Buffer;
    }
  | { readonly what: 'card'; readonly via: Via; card: Card; readonly changedFor: Map<string, Card> };

export type Via = 'reply' | 'push' | 'welcome' | 'robot';
export type Card = Readonly<Record<string, unknown>>;

export interface ReqId {
  readonly kind: 'message' | 'enter' | 'card' | 'other';
  readonly session: Session;
  readonly at: number;
  readonly chat: Chat;
  readonly userId: string;
  readonly taskId?: string;
  isUsed: boolean;
}

export interface Upload {
  readonly type: MediaType;
  readonly name: string;
  readonly size: number;
  readonly chunkCount: number;
  readonly md5: string | null;
  readonly at: number;
  readonly chunks: Map<number, Buffer>;
}

export interface Media {
  readonly type: MediaType;
  readonly name: string;
  readonly bytes: Buffer;
  readonly at: number;
}

export interface Download {
  readonly name: string;
  readonly sealed: Buffer;
  readonly at: number;
}

/** A webhook robot sits in one group; its key is all it takes to speak there. */
export interface Robot {
  readonly key: string;
  readonly screen: RobotItem[];
  readonly sentAt: number[];
  readonly media: Map<string, Media>;
}

export interface RobotItem {
  readonly type: string;
  readonly content: string;
  readonly mentions: readonly string[];
  readonly bytes?: Buffer;
}

export function timeOf(world: World): number {
  return world.clock.now().getTime();
}

export function newId(prefix: string): string {
  return `${prefix}${randomUUID().replaceAll('-', '')}`;
}

export function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

export function bytesIn(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
