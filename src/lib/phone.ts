/** Finds mobile and identity numbers in what people type, so that they are kept safe and never repeated. */

export const SENSITIVE_KINDS = ['phone', 'id-number'] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

export interface SensitiveSpan {
  kind: SensitiveKind;
  /** Positions in the text as given, in UTF-16 code units. */
  start: number;
  end: number;
  /** The bare number: 11 digits, or 18 with a capital X. */
  value: string;
}

const MASK = '*';
const SEPARATOR = '[\\s.\\-\\u00b7\\u2010-\\u2015]?';
// Eleven digits beginning 13 to 19, in the groups people write them in. A list of numbers is not one.
const MOBILE = [
  `1[3-9]\\d${SEPARATOR}\\d{4}${SEPARATOR}\\d{4}`,
  `1[3-9]\\d${SEPARATOR}\\d{3}${SEPARATOR}\\d{5}`,
  `1[3-9]\\d{2}${SEPARATOR}\\d{3}${SEPARATOR}\\d{4}`,
  `1[3-9]\\d{2}${SEPARATOR}\\d{4}${SEPARATOR}\\d{3}`,
].join('|');
// GB 11643-1999: region, date of birth, order, check. The check is not computed: a mistyped number is private too.
const BIRTH = '(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const ID_NUMBER = `[1-9]\\d{5}${SEPARATOR}${BIRTH}${SEPARATOR}\\d{3}[\\dXx]`;
const SENSITIVE = new RegExp(
  `(?<![\\dA-Za-z])(?<id>${ID_NUMBER})(?![\\dA-Za-z])|(?<!\\d)(?:(?:\\+|00)?86${SEPARATOR})?(?<phone>${MOBILE})(?!\\d)`,
  'g',
);
// Nearly every text leaves here: without eleven digits there is nothing to find.
const ENOUGH_DIGITS = /(?:\d\D{0,2}){10}\d/;
const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;
const FULL_WIDTH_TO_ASCII = 0xfee0;

/** Every number in the text, in order. Full-width digits count. */
export function findSensitive(text: string): SensitiveSpan[] {
  const folded = foldWidth(text);
  if (!ENOUGH_DIGITS.test(folded)) return [];
  return Array.from(folded.matchAll(SENSITIVE), (match) => {
    const found = match.groups?.id ?? match.groups?.phone ?? '';
    return {
      kind: match.groups?.id === undefined ? 'phone' : 'id-number',
      start: match.index,
      end: match.index + match[0].length,
      value: found.replace(/[^\dXx]/g, '').toUpperCase(),
    };
  });
}

/** The text with every number masked, and nothing else changed. */
export function maskSensitive(text: string): string {
  let masked = '';
  let from = 0;
  for (const { kind, start, end, value } of findSensitive(text)) {
    masked += text.slice(from, start) + (kind === 'phone' ? maskPhone(value) : maskIdNumber(value));
    from = end;
  }
  return masked + text.slice(from);
}

// Mobile numbers; landlines with their area code (three or four digits, 0 first) and seven or eight digits.
const PLAIN_PHONE = /^(?:1[3-9]\d{9}|0[1-9]\d{1,2}[2-9]\d{6,7})$/;

/** A number that can be rung from anywhere in mainland China, in bare digits; `null` for anything else. */
export function plainPhone(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+|00)86/, '');
  return PLAIN_PHONE.test(digits) ? digits : null;
}

/** 138****5678; anything that is not a mobile number is masked whole. */
export function maskPhone(phone: string): string {
  const digits = foldWidth(phone).replace(/\D/g, '').slice(-11);
  if (digits.length < 11) return MASK.repeat(4);
  return digits.slice(0, 3) + MASK.repeat(4) + digits.slice(-4);
}

function maskIdNumber(value: string): string {
  return value.slice(0, 3) + MASK.repeat(value.length - 5) + value.slice(-2);
}

/** Same length, so that positions hold for the text as typed. */
function foldWidth(text: string): string {
  return text.replace(FULL_WIDTH, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_TO_ASCII),
  );
}
