/** WeCom leaves the bot's name in what was said to it in a group: "@name words", as plain text. */

// Between a name and the words stands a space; phones put a four-per-em one (U+2005, which \s covers).
const ANY_NAME = /^\s*@[^\s@]+\s*/u;
const AFTER_A_NAME = /^(?:[\s\p{P}]|$)/u;

/** `botName` may hold spaces. Where it is not known, or not what stands there, the first name in front is taken for it. */
export function withoutMention(text: string, botName: string | null): string {
  const bare = botName === null || botName === '' ? text : withoutName(text, `@${botName}`);
  return (bare === text ? text.replace(ANY_NAME, '') : bare).trim();
}

/** Not inside a longer name that begins the same way. */
function withoutName(text: string, name: string): string {
  const [before = '', ...after] = text.split(name);
  return after.reduce(
    (kept, piece) => (AFTER_A_NAME.test(piece) ? kept + piece.trimStart() : kept + name + piece),
    before,
  );
}
