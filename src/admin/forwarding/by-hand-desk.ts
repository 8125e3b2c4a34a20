/** What forwarding by hand needs of the rest of the house; joined in src/joints. */
import type { Inbound } from '../../model/inbound.ts';
import type { Message } from '../../model/message.ts';
import type { OwnerDesk } from '../../model/owner-task.ts';

export interface ByHandDesk {
  /** As it stands in a chat without buttons, links with a label or bold type. */
  readonly plainText: (message: Message) => string;
  /** Resolves when what was said has had its effect. */
  readonly hear: (heard: Inbound) => Promise<void>;
  /** Puts messages before the owners of customer groups in WeCom; `null` where no app is set up for it. */
  readonly owners: OwnerDesk | null;
}
