/**
 * Joining is told twice where the bot is an administrator: by a note in the group and by a change of membership.
 * Either may be missing (big groups hide the note), so both are heard, under one id.
 */
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import { senderOf } from './heard.ts';
import type { TelegramUser } from './update-shapes.ts';

export interface Joined {
  readonly account: string;
  readonly chat: Inbound['chat'];
  readonly people: readonly TelegramUser[];
  readonly at: Date;
}

const SAME_JOIN_MS = 60_000;

export class JoinMemory {
  /** When somebody was first told to have joined. */
  #first = new Map<string, Date>();

  heard({ account, chat, people, at }: Joined): ChatEvent[] {
    this.#forget(at);
    return people.flatMap((person): ChatEvent[] => {
      const sender = senderOf(person);
      if (sender === null) return [];
      const who = `${chat.address}/${sender.address}`;
      const first = this.#first.get(who) ?? at;
      this.#first.set(who, first);
      const eventId = `joined/${who}/${first.getTime()}`;
      return [{ event: 'joined', channel: 'telegram', account, eventId, chat, sender, at }];
    });
  }

  #forget(now: Date): void {
    for (const [who, at] of this.#first) {
      if (Math.abs(now.getTime() - at.getTime()) > SAME_JOIN_MS) this.#first.delete(who);
    }
  }
}
