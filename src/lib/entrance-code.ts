/** The short word in the address of a building's entrance: printed on paper, so it is the same for as long as the building is. */
import { createHash } from 'node:crypto';

// Without 0 1 I L O U, so that it can be typed from a poster; 2^39 of them, so that no two of a community are alike.
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

export function entranceCode(areaId: string): string {
  const bytes = createHash('sha256').update(`entrance ${areaId}`).digest();
  return Array.from({ length: LENGTH }, (_, index) => {
    // Two bytes each, so that no character is likelier than another by more than a two-thousandth.
    return ALPHABET.charAt(bytes.readUInt16BE(index * 2) % ALPHABET.length);
  }).join('');
}
