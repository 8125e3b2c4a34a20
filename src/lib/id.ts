/** Makes the ids of records: short, sortable by time, and strictly increasing within a process. */
import { randomInt } from 'node:crypto';

export interface IdSource {
  next(): string;
}

// Crockford's base 32 (https://www.crockford.com/base32.html): no i, l, o, u, so an id survives being read out aloud.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const HALF_LENGTH = 10;
// One bit of the 50 stays free, so that counting up within a millisecond never runs over.
const RANDOM_SPAN = 2 ** 49;

/**
 * An id is 10 characters of time (milliseconds since 1970) and 10 of chance.
 * A clock that steps back does not turn the order round: the last millisecond is used on.
 * `random` gives a number from 0 (included) to 1 (excluded).
 */
export function createIdSource(now: () => number, random: () => number = secureRandom): IdSource {
  let lastMs = -1;
  let timePart = '';
  let counter = 0;

  function next(): string {
    const ms = now();
    if (ms > lastMs) {
      lastMs = ms;
      timePart = encode(ms);
      counter = Math.floor(random() * RANDOM_SPAN);
    } else {
      counter += 1;
    }
    return timePart + encode(counter);
  }

  return { next };
}

function secureRandom(): number {
  // Drawn in blocks by Node itself.
  return randomInt(2 ** 48 - 1) / 2 ** 48;
}

/** Ten characters for a whole number below 2^50, in two halves because bit operations end at 32 bits. */
function encode(value: number): string {
  return encodeHalf(Math.floor(value / 2 ** 25)) + encodeHalf(value % 2 ** 25);
}

function encodeHalf(value: number): string {
  let text = '';
  for (let shift = (HALF_LENGTH / 2 - 1) * 5; shift >= 0; shift -= 5) text += ALPHABET.charAt((value >>> shift) & 31);
  return text;
}
