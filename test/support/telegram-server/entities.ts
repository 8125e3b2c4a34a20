/** What Telegram marks in a text by itself: commands and mentions. */
import type { Entity } from './world.ts';

const MARKED = /(?<=^|\s)\/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?|(?<=^|[^\w@])@\w{3,32}/g;

export function entitiesOf(text: string): Entity[] {
  return [...text.matchAll(MARKED)].map(({ index, 0: whole }) => ({
    type: whole.startsWith('/') ? 'bot_command' : 'mention',
    offset: index,
    length: whole.length,
  }));
}

/**
 * Whether a bot in privacy mode is shown a message of a group: commands unless they name another bot, and where it
 * is mentioned. https://core.telegram.org/bots/features#privacy-mode
 */
export function isForBot(text: string, username: string): boolean {
  return entitiesOf(text).some(({ type, offset, length }) => {
    const marked = text.slice(offset, offset + length);
    if (type === 'mention') return marked.toLowerCase() === `@${username.toLowerCase()}`;
    const [, named] = marked.split('@');
    return named === undefined || named.toLowerCase() === username.toLowerCase();
  });
}
