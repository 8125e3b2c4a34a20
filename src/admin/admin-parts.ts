/** What the committee's site needs from the rest of the house; joined in app.ts. */
import type { Context } from 'hono';
import type { Content } from '../content/content.ts';
import type { ChainsService } from '../features/chains/chains-service.ts';
import type { RecallWithin } from '../features/notices/recall-service.ts';
import type { RecordKeeper } from '../features/privacy/privacy-service.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { CodeBook } from '../lib/one-time-code.ts';
import type { Passwords } from '../lib/password.ts';
import type { ChannelName } from '../model/channel-name.ts';
import type { Community } from '../model/community.ts';
import type { Understood, Utterance } from '../model/understanding.ts';
import type { Effects } from '../runtime/feature.ts';
import type { Recallable } from '../store/recall-receipt-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { ChannelDesk } from './channel-desk.ts';
import type { ByHandDesk } from './forwarding/by-hand-desk.ts';
import type { MachineDesk } from './machine-desk.ts';
import type { ModelDesk } from './model-desk.ts';

export interface AdminParts {
  readonly store: Store;
  /** The last good set: texts and tables are taken over while the site runs. */
  readonly content: () => Content;
  /** What is wrong with edited texts and tables, in sentences; empty where the newest are in use. */
  readonly contentTrouble: () => readonly string[];
  /** Reads what people wrote, as in a chat. */
  readonly understand: (utterance: Utterance) => Understood;
  /** The same, with what it goes by. */
  readonly explain: (utterance: Utterance) => Explained;
  readonly passwords: Passwords;
  readonly commit: Commit;
  /** What is forwarded by a person, and what they paste. */
  readonly byHand: ByHandDesk;
  /** Lists that whole groups fill in. */
  readonly chains: ChainsService;
  /** Everybody who keeps something of a person, for erasing it everywhere. */
  readonly keepers: readonly RecordKeeper[];
  /** A new community with its own data key and its schedules. */
  readonly foundCommunity: (tx: Transaction, founded: Omit<Community, 'id'>, now: Date) => Promise<Community>;
  /** To be called in the transaction that saves a community's settings: brings its schedules in step. */
  readonly syncSchedules: (tx: Transaction, community: Community, now: Date) => Promise<void>;
  /** The longest text a channel carries in one message, in graphemes; `null` where the channel is not set up. */
  readonly longestText: (channel: ChannelName) => number | null;
  /** Whether a channel shows the picture of a message over its words. */
  readonly isPictureFirst: (channel: ChannelName) => boolean;
  /** Takes back what stands in groups. */
  readonly recall: RecallDesk;
  /** Where residents of this community open their page. */
  readonly residentsUrl: (community: Community) => string;
  /** Makes the codes that groups and chats are bound by. */
  readonly codes: CodeBook;
  /** What the bot is called on Telegram, for links that carry a code; `null` where it is not there. */
  readonly telegramName: () => string | null;
  /** Who sends a request, e.g. `192.168.1.7`: for counting tries at the door. */
  readonly addressOf: (context: Context) => string;
  readonly publicUrl: string;
  /** What is set for the computer the bot runs on. */
  readonly machine: MachineDesk;
  /** The platforms the bot speaks on. */
  readonly channels: ChannelDesk;
  /** The language model that is asked about what nobody understands. */
  readonly model: ModelDesk;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Explained extends Understood {
  /** The one spelling in which the message was matched. */
  readonly heard: string;
  readonly phrases: readonly HeardPhrase[];
}

/** A phrase of the tables that stands in the message; `kind` and `value` as the tables name them. */
export interface HeardPhrase {
  readonly said: string;
  readonly kind: string;
  readonly value: string;
}

/**
 * One act of a person at a page: `work` changes the records in one transaction; the messages that follow from it are
 * written in the same one, in the name of `feature`, and leave after the commit. `work` may run again after a conflict.
 */
export type Commit = <D extends Done>(
  communityId: string,
  feature: string,
  work: (tx: Transaction) => Promise<D>,
) => Promise<D['result']>;

export interface Done {
  readonly result: unknown;
  /** Absent: nothing is to be sent. */
  readonly effects?: Effects;
}

export interface RecallDesk {
  readonly within: RecallWithin;
  /** False: it stands there still. Never rejects. */
  readonly take: (message: Recallable) => Promise<boolean>;
}

/** Who does it and when, as services and the audit log want it. */
export interface Act {
  readonly communityId: string;
  readonly staffId: string;
  readonly now: Date;
}
