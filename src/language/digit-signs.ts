/** Signs that stand for a digit: 1 in a ring, on a key, between brackets. A row of them is a number, and no numbered list. */

/** Where the signs for 1 to 9 begin in Unicode: ringed, bracketed, with a full stop, ringed twice, dark, sans-serif, dark sans-serif. */
const ONES = [0x2460, 0x2474, 0x2488, 0x24f5, 0x2776, 0x2780, 0x278a];
/** And those for 0, which stand apart. */
const ZEROS = [0x24ea, 0x24ff, 0x1f10b, 0x1f10c];

const VALUES: ReadonlyMap<string, string> = new Map([
  ...ZEROS.map((code) => [String.fromCodePoint(code), '0'] as const),
  ...ONES.flatMap((first) =>
    Array.from({ length: 9 }, (_, at) => [String.fromCodePoint(first + at), String(at + 1)] as const),
  ),
]);

const SIGN = `[${[...VALUES.keys()].join('')}]\\ufe0f?|[0-9]\\ufe0f?\\u20e3`;
const ROW = new RegExp(`(?:${SIGN})(?:[\\s.,-]{0,2}(?:${SIGN}|[0-9])){2,}`, 'gu');
const EACH = new RegExp(SIGN, 'gu');

/** Three or more in a row become the digits they are. */
export function joinDigitSigns(text: string): string {
  return text.replace(ROW, (row) =>
    row.replace(EACH, (sign) => VALUES.get(sign[0] ?? '') ?? VALUES.get(sign.slice(0, 2)) ?? sign[0] ?? ''),
  );
}
