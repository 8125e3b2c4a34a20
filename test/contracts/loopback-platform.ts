/** A platform on loopback as the channel contract drives it: the same verbs for each, over a real socket. */
import type { Channel, ChannelParts } from '../../src/channels/channel.ts';

/** What a chat shows of the bot, as a person would see it. */
export interface Shown {
  readonly text: string;
  /** Labels of buttons or options under it. */
  readonly buttons: readonly string[];
  readonly images: number;
  readonly files: number;
}

/**
 * What a platform simply does not have; the contract then checks the fallback. `overhearing`: what is said in a group
 * without naming the bot.
 */
export const LACKS = [
  'buttons',
  'images',
  'joins',
  'private-first',
  'retry-times',
  'two-connections',
  'overhearing',
] as const;
export type Lack = (typeof LACKS)[number];

export interface LoopbackPlatform {
  readonly lacks: readonly Lack[];
  /** Words that must never appear in a log: tokens, secrets, keys. */
  readonly secrets: readonly string[];
  /** A channel on the bot's account, not started yet. Twice gives two on one account. */
  openChannel(parts: ChannelParts): Promise<Channel>;
  /** Somebody with an account there; returns their address as the channel will tell it. */
  addPerson(name: string): Promise<string>;
  /** A group in which the bot and these people sit; returns its address. */
  addGroup(title: string, people: readonly string[]): Promise<string>;
  /** In private where `group` is absent. Without `mention` nobody spoke to the bot. `twice`: the platform tells it twice. */
  says(
    person: string,
    text: string,
    where?: { readonly group?: string; readonly mention?: boolean; readonly twice?: boolean },
  ): Promise<void>;
  /** A press on the button with this label under the newest message of the chat. */
  presses(person: string, chat: string, label: string): Promise<void>;
  /** The bot's own message coming back, or another bot's, as the platform would tell it. */
  echoes(chat: string, text: string, from: 'itself' | 'another-bot'): Promise<void>;
  joins(person: string, group: string): Promise<void>;
  removesBot(group: string): Promise<void>;
  dissolves(group: string): Promise<void>;
  shown(chat: string): Promise<readonly Shown[]>;
  /** The next message to the chat is refused for being too fast; in milliseconds where the platform says how long. */
  refusesOnce(chat: string, retryAfterMs: number): Promise<void>;
  /** The next message arrives, and its answer is lost on the way back. */
  losesAnswer(): Promise<void>;
  /** The server is gone: connections break and new ones are refused. Back, it holds what it would hold by its nature. */
  goesDown(): Promise<void>;
  comesBack(): Promise<void>;
  stop(): Promise<void>;
}
