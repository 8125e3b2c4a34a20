/** What all that is heard has in common. */
import type { ChatEvent, ChatKind, Inbound } from '../../model/inbound.ts';
import type { TelegramChat, TelegramUser } from './update-shapes.ts';

export type Heard = Inbound | ChatEvent;

/** The bot itself, as far as reading needs to know it. */
export interface Me {
  readonly id: number;
  readonly username: string;
}

export interface Hearing {
  readonly account: string;
  readonly me: Me;
  readonly now: Date;
}

// Telegram keeps what was not fetched for a day; older words are not answered any more.
const OLDEST_MS = 24 * 60 * 60_000;
// Telegram's own service account and the senders behind anonymous administrators and channels; nobody in particular.
const NOBODY = new Set([777_000, 1_087_968_824, 136_817_688]);

/** Only private chats and groups; nobody can be answered in a broadcast channel. */
export function kindOf({ type }: TelegramChat): ChatKind | null {
  if (type === 'private') return 'direct';
  return type === 'group' || type === 'supergroup' ? 'group' : null;
}

export function chatOf({ id, title }: TelegramChat, kind: ChatKind): Inbound['chat'] {
  return { address: String(id), kind, ...(title === undefined ? {} : { title }) };
}

/** `null` for bots, ourselves too, and for whoever cannot be told apart. */
export function senderOf(user: TelegramUser | undefined): Inbound['sender'] | null {
  if (user === undefined || user.is_bot || NOBODY.has(user.id)) return null;
  const displayName = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return { address: String(user.id), ...(displayName === '' ? {} : { displayName }) };
}

/** Telegram tells seconds since 1970. */
export function dateOf(seconds: number): Date {
  return new Date(seconds * 1_000);
}

export function isTooOld(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > OLDEST_MS;
}
