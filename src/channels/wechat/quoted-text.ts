/** WeChat passes an answer to a message on as one text: the quoted one in corner brackets, a line of dashes, the answer. */

export interface Quoting {
  readonly text: string;
  /** What was quoted and whose it was; `null` where nothing was. */
  readonly quoted: { readonly name: string; readonly text: string } | null;
}

// 「name：what was said」, then a line of dashes.
const QUOTE = /^\u300c([^\uff1a:\n]{1,60})[\uff1a:]([\s\S]*?)\u300d\n(?:- ){4,}-?\s*\n([\s\S]*)$/u;

export function splitQuote(text: string): Quoting {
  const [, name, said, answer] = QUOTE.exec(text) ?? [];
  if (name === undefined || said === undefined || answer === undefined) return { text, quoted: null };
  return { text: answer.trim(), quoted: { name: name.trim(), text: said.trim() } };
}
