/** Takes the polite padding off both ends: 麻烦问一下哈, 请问 … 啊, 谢谢. */
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface PaddingPatterns {
  readonly front: RegExp;
  readonly back: RegExp;
  /** 干嘛 ends with a particle that belongs to it. */
  readonly whole: RegExp;
}

export function compilePaddingPatterns(tables: Tables): PaddingPatterns {
  const front = oneOf(wordsOf(tables, 'padding', 'front'));
  const back = oneOf([...wordsOf(tables, 'padding', 'back'), ...wordsOf(tables, 'padding', 'particle')]);
  return {
    front: new RegExp(`^(?:${front}|[\\s,.!~:;])+`),
    whole: new RegExp(`${oneOf(wordsOf(tables, 'padding', 'whole'))}$`),
    back: new RegExp(`^(?:${back}|[\\s,.!?~;]|[^\\p{Letter}\\p{Number}\\p{Punctuation}])+$`, 'u'),
  };
}

/** Where the message begins to say something. */
export function contentStart(text: string, patterns: PaddingPatterns): number {
  const length = patterns.front.exec(text)?.[0].length ?? 0;
  return length >= text.length ? 0 : length;
}

/** The person's words without padding at either end. */
export function withoutPadding(text: string, said: string, patterns: PaddingPatterns): string {
  const start = contentStart(text, patterns);
  let end = text.length;
  // Back from the end by the longest tail that is padding; 24 characters hold 谢谢您了麻烦了 and its emoji.
  for (let at = Math.max(start + 1, text.length - 24); at < text.length; at += 1) {
    if (patterns.back.test(text.slice(at)) && !patterns.whole.test(text.slice(0, at + 1))) {
      end = at;
      break;
    }
  }
  return said.slice(start, end).trim();
}
