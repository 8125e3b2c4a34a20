/** The words of a message without the marks that only say to whom it is spoken. */
import type { Me } from './heard.ts';
import type { Entity, TelegramMessage } from './update-shapes.ts';

export interface Words {
  readonly text: string;
  /** Somebody spoke to the bot. */
  readonly toBot: boolean;
  /** Of `/start CODE`; `''` without a code; `null` where it is no start at all. */
  readonly start: string | null;
}

// https://core.telegram.org/bots/features#deep-linking
const START = /^start(?:\s+([\w-]{1,64}))?$/i;

export function wordsOf(message: TelegramMessage, me: Me): Words {
  const raw = message.text ?? message.caption ?? '';
  const marked = message.entities ?? message.caption_entities ?? [];
  const pieces: string[] = [];
  let toBot = message.reply_to_message?.from?.id === me.id;
  let isCommand = false;
  let position = 0;
  for (const entity of marked) {
    const word = raw.slice(entity.offset, entity.offset + entity.length);
    const isOwnCommand = entity.type === 'bot_command' && entity.offset === 0 && isFor(word, me);
    if (!isOwnCommand && !isMention(entity, word, me)) continue;
    if (entity.offset < position) continue;
    toBot = true;
    pieces.push(raw.slice(position, entity.offset));
    if (isOwnCommand) {
      isCommand = true;
      pieces.push(word.slice(1).split('@')[0] ?? '');
    }
    position = entity.offset + entity.length;
  }
  const said = (pieces.join('') + raw.slice(position)).trim();
  const start = isCommand ? START.exec(said) : null;
  return {
    text: start === null ? said || quotedIn(message) : '',
    toBot,
    start: start === null ? null : (start[1] ?? ''),
  };
}

/** `/help` and `/help@this_bot`, not `/help@another_bot`. */
function isFor(command: string, me: Me): boolean {
  const [, named] = command.split('@');
  return named === undefined || named.toLowerCase() === me.username.toLowerCase();
}

function isMention({ type, user }: Entity, word: string, me: Me): boolean {
  if (type === 'text_mention') return user?.id === me.id;
  return type === 'mention' && word.toLowerCase() === `@${me.username.toLowerCase()}`;
}

/** Whoever answers a message with nothing but the bot's name means that message. */
function quotedIn({ quote, reply_to_message: replied }: TelegramMessage): string {
  return quote?.text ?? replied?.text ?? replied?.caption ?? '';
}
