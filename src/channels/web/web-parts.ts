/** What the pages need from the rest of the house; joined in app.ts. */
import type { KeyObject } from 'node:crypto';
import type { Context } from 'hono';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Habit } from '../../model/habit.ts';
import type { RenderText } from '../../model/text.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { ChatKey } from './chat-hub.ts';

export interface WebParts {
  readonly records: WebRecords;
  readonly findCommunity: (id: string) => Promise<Community | null>;
  /** The sample community of a fresh start, until it is removed. */
  readonly findSample: () => Promise<Community | null>;
  /** In the order they are shown, by category. */
  readonly habits: (locale: string) => readonly HabitGroup[];
  readonly openShifts: (communityId: string, now: Date) => Promise<readonly Shift[]>;
  /** The place whose entrance bears this code; `null` where there is none such, or no more. */
  readonly areaOfEntrance: (communityId: string, code: string) => Promise<KnownArea | null>;
  /** What a group is called; `null` where nobody has named it yet. */
  readonly groupTitle: (communityId: string, address: string) => Promise<string | null>;
  /** The privacy notice that a household agrees to. */
  readonly privacyNotice: (community: Community) => string;
  /** Whether whoever sends this request may use the simulator in a real community. */
  readonly mayRehearse: (context: Context, community: Community) => Promise<boolean>;
  /** The real community of the member of staff who sends this request. */
  readonly communityOfStaff: (context: Context) => Promise<string | null>;
  readonly render: RenderText;
  readonly publicUrl: string;
  /** Signs the cookies that visitors are remembered by. */
  readonly visitorKey: KeyObject;
  /** From where on the network a request comes. */
  readonly addressOf: (context: Context) => string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A place somebody came in by. */
export interface KnownArea {
  readonly id: string;
  /** As people say it. */
  readonly place: string;
  /** Its number, where it is a building, and the compound it stands in. */
  readonly building: string | null;
  readonly compound: string | null;
}

export interface WebRecords {
  find(communityId: string, messageId: string): Promise<WebMessage | null>;
  /** False where it does not stand there any more. */
  remove(communityId: string, messageId: string): Promise<boolean>;
  /** The bytes of the picture of a message. */
  readFile(attachmentId: string): Promise<Uint8Array | null>;
  /** False where this very message is there already. Rejects when it could not be kept. */
  append(message: WebMessage): Promise<boolean>;
  /** The newest `limit` that came at `since` or later, oldest first. */
  list(query: {
    readonly communityId: string;
    readonly chatAddress: string;
    readonly since: Date;
    readonly limit: number;
  }): Promise<readonly WebMessage[]>;
  /** What was told to everybody in a group, without what came after the reader wanted no more of it; else like `list`. */
  posts(query: {
    readonly reader: ChatKey;
    readonly chatAddress: string;
    readonly since: Date;
    readonly limit: number;
  }): Promise<readonly WebMessage[]>;
}

export interface HabitGroup {
  readonly name: string;
  readonly habits: readonly Pick<Habit, 'id' | 'title' | 'description'>[];
}
