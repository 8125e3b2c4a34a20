/** Joins an address told piece by piece: 202室，1号楼的; 2单元的，3号楼，房号是八零二. */
import type { HouseholdPlace } from '../model/understanding.ts';
import { type NumberWords, readDigits, readNumber } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { MASK, maskSpan } from './text-mask.ts';

export interface HouseholdPiecePatterns {
  readonly numbers: NumberWords;
  readonly unit: RegExp;
  readonly room: RegExp;
}

interface PiecedHousehold {
  readonly household?: HouseholdPlace;
  /** The text with the pieces hidden too. */
  readonly rest: string;
}

export function compileHouseholdPieces(tables: Tables, numbers: NumberWords): HouseholdPiecePatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'units', name));
  const digits = `(?:\\d{3,4}|[${[...numbers.digits.keys()].join('')}]{3,4})`;
  const ends = `(?=$|[\\s,.;!]|${kind('of')})`;
  return {
    numbers,
    unit: new RegExp(`(?<![\\d${numbers.classText}])(\\d{1,2}|[${numbers.classText}]{1,2})\\s?${kind('unit')}`),
    room: new RegExp(
      `${kind('room-noun')}(?:${kind('is')})?[: ]?(${digits})${kind('room')}?${ends}|(?:^|[\\s,.;:${MASK}])(${digits})${kind('room')}?${ends}`,
    ),
  };
}

/** Only beside a building: a number of three figures alone may be anything. `rest` has the address already read hidden. */
export function joinPieces(
  { household, rest }: PiecedHousehold,
  { numbers, unit, room }: HouseholdPiecePatterns,
): PiecedHousehold {
  if (household?.building === undefined) return household === undefined ? { rest } : { household, rest };
  const units = household.unit === undefined ? unit.exec(rest) : null;
  const unitRead = units === null ? undefined : readNumber(units[1] ?? '', numbers);
  const afterUnit = units === null ? rest : hide(rest, units);
  const rooms = household.room === undefined ? room.exec(afterUnit) : null;
  const said = rooms?.[1] ?? rooms?.[2] ?? '';
  const roomRead = readDigits(said, numbers) ?? readNumber(said, numbers);
  return {
    household: {
      ...household,
      ...(unitRead === undefined ? {} : { unit: String(unitRead) }),
      ...(roomRead === undefined ? {} : { room: String(roomRead) }),
    },
    rest: rooms === null ? afterUnit : hide(afterUnit, rooms),
  };
}

function hide(text: string, match: RegExpExecArray): string {
  return maskSpan(text, { start: match.index, end: match.index + match[0].length });
}
