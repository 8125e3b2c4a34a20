/** A copy of a list as it came in, with what is known of where it came from. */
import type { ChainTarget, NativeChain } from '../../model/chain.ts';
import type { ChannelName } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { ChainEntry } from '../../model/understanding.ts';

export interface HeardCopy {
  readonly community: Community;
  readonly chat: Chat | null;
  /** Where addresses are known: to bind entries to the people who wrote them. */
  readonly from: { readonly channel: ChannelName; readonly account: string } | null;
  readonly theme: string;
  readonly entries: readonly ChainEntry[];
  readonly native: NativeChain | null;
  /** `null`: nobody knows who posted it. */
  readonly poster: { readonly address: string; readonly name: string } | null;
  readonly at: Date;
  readonly isWhole: boolean;
  /** What a worker says it is about; absent: worked out. */
  readonly about?: ChainTarget;
  /** A worker handed it over, so it is kept whatever it is about. */
  readonly isHandedOver: boolean;
  readonly staffId: string | null;
  readonly now: Date;
}
