/** Shows a person's name so that neighbours can tell two people apart and strangers cannot find one. */
import { cutGraphemes } from './text.ts';

const MASK = '*';
// The dots between the parts of Uyghur and Kazakh names, as input methods and forms write them; and spaces.
const PART_SEPARATOR = /([\s.\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e]+)/u;
const HAN = /^\p{Script=Han}+$/u;
// Always two, so that the mask does not tell the length of the part.
const PART_MASK = MASK.repeat(2);

/** First and last character of a Han name (two characters: the first); the first letter of each part of any other. */
export function maskName(name: string): string {
  const trimmed = name.trim();
  if (HAN.test(trimmed)) return maskHanName([...trimmed]);
  return trimmed
    .split(PART_SEPARATOR)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : cutGraphemes(part, 1) + PART_MASK))
    .join('');
}

function maskHanName(characters: string[]): string {
  const [first = '', ...rest] = characters;
  const last = rest.pop();
  if (last === undefined || rest.length === 0) return first + MASK;
  return first + MASK.repeat(rest.length) + last;
}
