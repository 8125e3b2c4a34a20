/** A conversation on a channel, bound to an area; and the person who speaks in it. */
import type { ChannelName } from './channel-name.ts';
import type { ChatKind } from './inbound.ts';
import type { ChatState } from './records.ts';

export interface Chat {
  readonly id: string;
  readonly communityId: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly address: string;
  readonly kind: ChatKind;
  readonly title: string | null;
  readonly areaId: string | null;
  /** Whose private chat it is. */
  readonly personId: string | null;
  readonly state: ChatState;
  /** Since when nobody wants to be sent anything unasked here. */
  readonly unaskedStoppedAt: Date | null;
}

/** A person exists from the first word on, without name or phone; what is personal is read on its own. */
export interface Person {
  readonly id: string;
  readonly communityId: string;
  /** When the person agreed that their household is kept, and to which text. */
  readonly consentedAt: Date | null;
  readonly consentVersion: string | null;
}
