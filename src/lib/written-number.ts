/** Reads a small number as people write it into a field: 4, full-width, in Han numerals, with a measure word behind it. */

// Han numerals by their code points: they are digits here, not words of a language. Two and three have a second form each.
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['\u4e00', 1],
  ['\u4e8c', 2],
  ['\u4e24', 2],
  ['\u4fe9', 2],
  ['\u4e09', 3],
  ['\u4ee8', 3],
  ['\u56db', 4],
  ['\u4e94', 5],
  ['\u516d', 6],
  ['\u4e03', 7],
  ['\u516b', 8],
  ['\u4e5d', 9],
]);
const TEN = '\u5341';
const NUMERALS = [...DIGITS.keys(), TEN].join('');
const WRITTEN = new RegExp(`^([0-9]+|[${NUMERALS}]{1,3})\\s*(?:(?![${NUMERALS}])\\p{Script=Han}){0,3}$`, 'u');

/** `NaN` for what is no number below a hundred in Han numerals, nor one in digits. */
export function writtenNumber(text: string): number {
  const written = WRITTEN.exec(text.normalize('NFKC').trim())?.[1] ?? '';
  if (/^[0-9]+$/.test(written)) return Number(written);
  return belowHundred(written);
}

function belowHundred(written: string): number {
  const [tens = '', ones = '', ...more] = written.split(TEN);
  if (more.length > 0 || written === '') return Number.NaN;
  if (!written.includes(TEN)) return digit(written);
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones));
}

function digit(character: string): number {
  return DIGITS.get(character) ?? Number.NaN;
}
