/** One line of a chat on our own pages: what somebody there said, or what the bot answered. */
import type { Message } from './message.ts';
import type { OutgoingKind } from './outgoing.ts';

/** `id` is the same for the same message however often it is handed over; `at` is when it came here. */
export interface WebMessage {
  readonly id: string;
  readonly communityId: string;
  readonly chatAddress: string;
  /** `null` is the bot. */
  readonly senderAddress: string | null;
  /** As what the bot said it; `null` for people's words. */
  readonly kind: OutgoingKind | null;
  readonly message: Message;
  readonly at: Date;
}
