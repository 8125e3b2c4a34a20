/** Reads a spot in the neighbourhood as it is said: 5号楼后面, 2号楼楼下, 西门, 社区活动室. */
import { matchesOf } from '../lib/matches.ts';
import type { NumberWords } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface PlacePatterns {
  readonly spot: RegExp;
  readonly numbered: RegExp;
  readonly labelled: RegExp;
  /** 月河码头 between two stops: a name of its own before the kind of place. */
  readonly segment: RegExp;
}

export interface PlaceReading extends Span {
  readonly place: string;
}

export function compilePlacePatterns(tables: Tables, numbers: NumberWords): PlacePatterns {
  const place = (name: string): string => oneOf(wordsOf(tables, 'place-words', name));
  const unit = (name: string): string => oneOf(wordsOf(tables, 'units', name));
  const number = `(?:\\d{1,3}|[a-z]|[${numbers.classText}]{1,3})`;
  const building = `(?:${number}(?:${place('join')}${number})?${place('building')}(?:${number}${unit('unit')})?(?:${number}${unit('floor')})?)`;
  const noun = `(?:(?!${place('not-place')})${place('prefix')}{0,2}(?!${place('not-place')})${place('noun')})`;
  const side = `(?:${place('of')}?${place('side')})`;
  return {
    spot: new RegExp(
      `(?:${building}(?:${place('join')}${building})?${place('of')}?${noun}?|${noun}${noun}?)${side}{0,2}`,
      'g',
    ),
    numbered: new RegExp(`^${building}`),
    segment: new RegExp(
      `(?<=^|[\\s,.;:\\ue000])(?:${place('at')})?((?:(?!${place('noun')})[^\\s,.;:!?()\\ue000]{1,4}?|${place('noun')})?${place('noun')}${side}{0,2})(?=$|[\\s,.;])`,
    ),
    labelled: new RegExp(`${place('label')}[: ]{0,2}([^\\s,.;:!?()\\ue000]{2,16})`),
  };
}

export function readPlace(text: string, said: string, patterns: PlacePatterns): PlaceReading | undefined {
  const labelled = patterns.labelled.exec(text);
  if (labelled?.[1] !== undefined) {
    const start = labelled.index + labelled[0].length - labelled[1].length;
    return {
      place: said.slice(start, start + labelled[1].length),
      start: labelled.index,
      end: start + labelled[1].length,
    };
  }
  const segment = patterns.segment.exec(text);
  if (segment?.[1] === undefined) return readSpot(text, said, patterns);
  const end = segment.index + segment[0].length;
  return { place: said.slice(end - segment[1].length, end), start: segment.index, end };
}

/** The first spot with a number, which says more than 楼道; else the first. */
export function readSpot(text: string, said: string, patterns: PlacePatterns): PlaceReading | undefined {
  let best: PlaceReading | undefined;
  for (const match of matchesOf(text, patterns.spot)) {
    const end = match.index + match[0].length;
    const numbered = patterns.numbered.test(match[0]);
    if (best === undefined || numbered) best = { place: said.slice(match.index, end), start: match.index, end };
    if (numbered) break;
  }
  return best;
}
