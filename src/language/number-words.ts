/** Numbers as people write and say them: 12, 十二, 一百零三, 二零一, 壹贰叁, 俩, 仨. */

export interface NumberWords {
  /** Characters for 0–9, with the spoken and the formal ones. */
  readonly digits: ReadonlyMap<string, number>;
  /** 十, 百, 千 with their formal twins. */
  readonly powers: ReadonlyMap<string, number>;
  /** Words that are a number of people by themselves: 俩, 仨. */
  readonly pairs: ReadonlyMap<string, number>;
  /** The inside of a character class that holds all of the above, without 0–9. */
  readonly classText: string;
}

/** The value, or undefined where the characters are not one number. */
export function readNumber(word: string, words: NumberWords): number | undefined {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  const pair = words.pairs.get(word);
  if (pair !== undefined) return pair;
  const hasPower = [...word].some((mark) => words.powers.has(mark));
  if (hasPower) return readPowers(word, words);
  const digits = readDigits(word, words);
  return digits === undefined || digits.length > 9 ? undefined : Number(digits);
}

/** Digit by digit: 二零一 → "201", 幺三八 → "138". Undefined where a character is not a digit. */
export function readDigits(word: string, words: NumberWords): string | undefined {
  let digits = '';
  for (const mark of word) {
    const value = /^\d$/.test(mark) ? Number(mark) : words.digits.get(mark);
    if (value === undefined) return undefined;
    digits += String(value);
  }
  return digits === '' ? undefined : digits;
}

function readPowers(word: string, words: NumberWords): number | undefined {
  let total = 0;
  let digit: number | undefined;
  let lastPower = Number.POSITIVE_INFINITY;
  for (const mark of word) {
    const power = words.powers.get(mark);
    const value = /^\d$/.test(mark) ? Number(mark) : words.digits.get(mark);
    if (power !== undefined) {
      if (power >= lastPower) return undefined;
      // A leading 十 is ten: 十二.
      total += (digit ?? 1) * power;
      digit = undefined;
      lastPower = power;
    } else if (value !== undefined && (digit === undefined || digit === 0)) digit = value;
    else return undefined;
  }
  return total + (digit ?? 0);
}

/** 二十六度 as 26度. */
export function withDigits(text: string, words: NumberWords): string {
  return text.toLowerCase().replace(new RegExp(`[${words.classText}]{1,4}`, 'g'), (word) => {
    const value = readNumber(word, words);
    return value === undefined ? word : String(value);
  });
}
