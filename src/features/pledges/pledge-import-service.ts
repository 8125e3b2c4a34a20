/** Takes in pledges that were made on paper, row by row; typing the same list in again changes nothing. */
import type { Community } from '../../model/community.ts';
import { MOST_PEOPLE } from '../../model/household.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listBuildingNames } from '../../store/household-table.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { placeCell } from './door-rules.ts';
import { resolveDoor } from './household-service.ts';
import { type HabitBook, habitsMeant } from './pledges-rules.ts';
import { type MadePledge, makePledge } from './pledges-service.ts';

/** One row as it stands in the sheet. `line` is its number there. Habits are titles, categories or ids in one cell. */
export interface PaperPledge {
  readonly line: number;
  readonly compound: string;
  readonly building: string;
  readonly unit: string;
  readonly room: string;
  readonly people: string;
  readonly habits: string;
}

export type PaperRefusal =
  | 'no-building'
  | 'no-room'
  | 'which-compound'
  | 'no-habits'
  | 'unknown-habit'
  | 'people-wrong'
  | 'withdrawn';

export type PaperResult =
  /** `unknownBuilding`: taken, but its building is not in the tree of areas; a slip, or one to be added. */
  | { readonly line: number; readonly ok: true; readonly what: MadePledge['what']; readonly unknownBuilding?: string }
  /** `word`: what was not understood, as typed. */
  | { readonly line: number; readonly ok: false; readonly why: PaperRefusal; readonly word?: string };

export interface PaperImport {
  readonly community: Community;
  readonly book: HabitBook;
  readonly staffId: string;
  readonly now: Date;
  /** Rows done so far. */
  readonly onProgress?: (done: number) => void;
}

// A few hundred rows are one short transaction; residents who write meanwhile hardly wait.
const ROWS_AT_ONCE = 100;

export async function importPledges(
  store: Store,
  list: PaperImport,
  rows: readonly PaperPledge[],
): Promise<PaperResult[]> {
  const results: PaperResult[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const part = rows.slice(from, from + ROWS_AT_ONCE);
    results.push(...(await store.write((tx) => importPart(tx, list, part))));
    list.onProgress?.(results.length);
  }
  return results;
}

async function importPart(tx: Transaction, list: PaperImport, rows: readonly PaperPledge[]): Promise<PaperResult[]> {
  const results: PaperResult[] = [];
  for (const row of rows) results.push(await importRow(tx, list, row));
  await appendAudit(tx, {
    communityId: list.community.id,
    staffId: list.staffId,
    action: 'pledge.import',
    detail: { rows: rows.length, taken: results.filter(({ ok }) => ok).length },
    at: list.now,
  });
  return results;
}

async function importRow(tx: Transaction, list: PaperImport, row: PaperPledge): Promise<PaperResult> {
  const { line } = row;
  const refused = (why: PaperRefusal, word?: string): PaperResult => ({
    line,
    ok: false,
    why,
    ...(word === undefined ? {} : { word }),
  });
  const [compound, building, unit, room] = [
    placeName(row.compound),
    ...[row.building, row.unit, row.room].map(placeCell),
  ];
  const place = await resolveDoor(tx, list.community.id, { compound, building, unit, room });
  if (!place.ok) return refused(place.why);
  // Without a room one family could not be told from the next, nor this row from itself the second time.
  if (room === undefined) return refused('no-room');
  const people = readPeople(row.people);
  if (people === null) return refused('people-wrong', row.people);
  const words = row.habits
    .normalize('NFKC')
    .split(CELL_SEPARATOR)
    .filter((word) => word !== '');
  if (words.length === 0) return refused('no-habits');
  const unknown = words.find((word) => habitOf(list.book, word) === undefined);
  if (unknown !== undefined) return refused('unknown-habit', unknown);
  const habits = [...new Set(words.flatMap((word) => habitOf(list.book, word) ?? []))];
  const actor = { personId: null, staffId: list.staffId };
  const wanted = { door: place.door, areaId: place.areaId, habits, people, renews: false };
  const made = await makePledge(tx, list.community, actor, wanted, list.now);
  if (made.what === 'withdrawn') return refused('withdrawn');
  const isUnknown = place.areaId === null && (await listBuildingNames(tx, list.community.id)).length > 0;
  return { line, ok: true, what: made.what, ...(isUnknown ? { unknownBuilding: place.door.building } : {}) };
}

// Commas and semicolons of both widths (NFKC has made them one), the Chinese enumeration comma, spaces, line breaks.
const CELL_SEPARATOR = /[\u3001,;\s]+/u;

function habitOf(book: HabitBook, word: string): string | undefined {
  const same = (name: string) => name.normalize('NFKC').toLowerCase() === word.toLowerCase();
  const habit = book.habits.find(({ id, title }) => same(id) || same(title));
  return habit?.id ?? habitsMeant(book, { topics: [word] })[0];
}

function placeName(cell: string): string | undefined {
  const name = cell.normalize('NFKC').trim();
  return name === '' ? undefined : name;
}

const PEOPLE = /^(\d{1,2})\s*\p{Script=Han}{0,2}$/u;

/** Undefined where the cell is empty, null where it says nothing that can be. */
function readPeople(cell: string): number | null | undefined {
  const text = cell.normalize('NFKC').trim();
  if (text === '') return undefined;
  const count = Number(PEOPLE.exec(text)?.[1] ?? Number.NaN);
  return count >= 1 && count <= MOST_PEOPLE ? count : null;
}
