/**
 * Every participation posts the whole list anew, so a list is known by its copies. Merges one copy into what is known:
 * entries are united, an entry is taken off only by who may take it off, and what is doubtful goes to a person.
 * Pure; times are those of the copies, so that copies may come in any order.
 */
import { type NewLine, type Pair, pairUp } from './copy-pairing-rules.ts';
import { nameOf } from './line-rules.ts';
import type { Copy, CopyEntry, KnownEntry } from './list-copy-rules.ts';

/** What is to be done with an entry that was known. */
export interface EntryChange {
  readonly id: string;
  readonly position: number;
  readonly authorKey: string | null;
  readonly writtenAt: Date;
  readonly relayed: boolean;
  /** The line as it is from now on, where it was edited. */
  readonly edit: CopyEntry | null;
  readonly turn: 'off' | 'on' | null;
}

export interface AddedEntry {
  readonly entry: CopyEntry;
  readonly position: number;
  readonly authorKey: string | null;
  readonly relayed: boolean;
  /** The entry it may be a change of: a person decides, and until then it does not count. */
  readonly maybeChangeOf: string | null;
}

export interface CopyDoubt {
  readonly kind: 'missing' | 'came-back' | 'number' | 'gap';
  /** An entry that was known, or the place in `added`. */
  readonly about: { readonly id: string } | { readonly added: number } | null;
  readonly number: number | null;
}

export interface Merged {
  readonly added: readonly AddedEntry[];
  readonly changes: readonly EntryChange[];
  readonly doubts: readonly CopyDoubt[];
}

/** What is known of the list beside its entries. */
export interface ListState {
  readonly initiator: string | null;
  /** When the newest copy was made that is known. */
  readonly heardAt: Date;
}

export function mergeCopy(known: readonly KnownEntry[], copy: Copy, list: ListState): Merged {
  const pairing = pairUp(known, copy);
  const added = pairing.added.map((line) => addedOf(line, copy));
  const found = pairing.pairs.map((pair) => ({ pair, turn: turnOfFound(pair.mate, copy) }));
  const changes = found.flatMap(({ pair, turn }) => changeOf(pair, copy, list, turn === 'on') ?? []);
  const back = found.filter(({ turn }) => turn === 'ask').map(({ pair }) => doubtAbout('came-back', pair.mate));
  const missing = pairing.missing.filter((entry) => copy.isWhole && entry.writtenAt < copy.at);
  const trimmed = { copy, list, missing, onlyTidies: added.length === 0 && !pairing.pairs.some(bringsWords(copy)) };
  const verdicts = missing.map((entry) => ({ entry, verdict: verdictOnMissing(entry, trimmed) }));
  const off = verdicts.filter(({ verdict }) => verdict === 'off').map(({ entry }) => takenOff(entry));
  const asked = verdicts.filter(({ verdict }) => verdict === 'ask').map(({ entry }) => doubtAbout('missing', entry));
  const numbers = numberDoubts(copy, pairing.pairs, pairing.added);
  return { added, changes: [...changes, ...off], doubts: [...back, ...asked, ...numbers] };
}

function addedOf({ entry, place, author, maybeChangeOf }: NewLine, { poster }: Copy): AddedEntry {
  const relayed = author === null || poster !== author;
  return { entry, position: entry.number ?? place + 1, authorKey: author, relayed, maybeChangeOf };
}

/** `null`: the copy says nothing new of it. */
function changeOf(pair: Pair, copy: Copy, list: ListState, isOn: boolean): EntryChange | null {
  const { entry, place, mate, isEdit } = pair;
  const writtenAt = entry.writtenAt ?? copy.at;
  const authorKey = mate.authorKey ?? entry.author;
  const change: EntryChange = {
    id: mate.id,
    position: copy.at >= list.heardAt ? (entry.number ?? place + 1) : mate.position,
    authorKey,
    writtenAt: writtenAt < mate.writtenAt ? writtenAt : mate.writtenAt,
    relayed: mate.relayed || authorKey === null || copy.poster !== authorKey,
    edit: isEdit ? entry : null,
    turn: isOn ? 'on' : null,
  };
  const isSame =
    change.edit === null &&
    change.turn === null &&
    change.position === mate.position &&
    change.authorKey === mate.authorKey &&
    change.relayed === mate.relayed &&
    change.writtenAt.getTime() === mate.writtenAt.getTime();
  return isSame ? null : change;
}

/** Taken off by a word or a worker, an entry stands in every later copy and stays off; in the list, who wrote it puts it back. */
function turnOfFound(mate: KnownEntry, copy: Copy): 'on' | 'ask' | null {
  if (mate.state !== 'withdrawn' || mate.offBy !== 'list' || copy.at <= mate.stateAt) return null;
  return copy.poster !== null && copy.poster === mate.authorKey ? 'on' : 'ask';
}

// WeChat counts in seconds when a line was written, and tells of the copy a little later.
const WRITTEN_WITHIN_MS = 60_000;

/** Also the copy by which a line came, heard once more: it is still the one by which somebody joined. */
function bringsWords({ poster, at }: Copy): (pair: Pair) => boolean {
  const since = at.getTime() - WRITTEN_WITHIN_MS;
  return ({ mate, isEdit }) => isEdit || (mate.authorKey === poster && mate.writtenAt.getTime() > since);
}

interface Trimmed {
  readonly copy: Copy;
  readonly list: ListState;
  readonly missing: readonly KnownEntry[];
  /** Nothing in it is new or in other words. */
  readonly onlyTidies: boolean;
}

// Who tidies up a list takes off one or two at a time; more at once is an old copy.
const MOST_TAKEN_OFF = 2;

/** An entry that nobody else's copy ever held was lost in a fork and stays without a question. */
function verdictOnMissing(entry: KnownEntry, { copy, list, missing, onlyTidies }: Trimmed): 'off' | 'ask' | 'keep' {
  const { poster } = copy;
  const otherwise = entry.relayed ? 'ask' : 'keep';
  if (poster === null) return otherwise;
  if (entry.authorKey === poster) return 'off';
  const tidies = poster === list.initiator && onlyTidies && missing.length <= MOST_TAKEN_OFF;
  if (tidies) return 'off';
  // Anybody may call themselves as a neighbour does: that the line was theirs is for a worker to say.
  return isNamesake(entry, copy) ? 'ask' : otherwise;
}

function isNamesake(entry: KnownEntry, { posterName }: Copy): boolean {
  return entry.authorKey === null && posterName !== '' && nameIn(entry) === posterName;
}

function nameIn({ line }: KnownEntry): string {
  return line === null ? '' : nameOf(line);
}

function takenOff({ id, position, authorKey, writtenAt, relayed }: KnownEntry): EntryChange {
  return { id, position, authorKey, writtenAt, relayed, edit: null, turn: 'off' };
}

function doubtAbout(kind: CopyDoubt['kind'], { id, position }: KnownEntry): CopyDoubt {
  return { kind, about: { id }, number: position };
}

// Beyond that a worker looks at the whole list anyway.
const MOST_NUMBER_DOUBTS = 5;

/** People who number by hand count twice or leave one out; nobody's line is dropped for it. */
function numberDoubts(copy: Copy, pairs: readonly Pair[], added: readonly NewLine[]): CopyDoubt[] {
  const seen = new Set<number>();
  const ids = new Map(pairs.map(({ place, mate }) => [place, { id: mate.id }]));
  const places = new Map(added.map(({ place }, at) => [place, { added: at }]));
  const doubts: CopyDoubt[] = [];
  for (const [place, { number }] of copy.entries.entries()) {
    if (number === undefined) continue;
    if (seen.has(number)) doubts.push({ kind: 'number', about: ids.get(place) ?? places.get(place) ?? null, number });
    seen.add(number);
  }
  const gap = firstGap(seen);
  if (gap !== null) doubts.push({ kind: 'gap', about: null, number: gap });
  return doubts.slice(0, MOST_NUMBER_DOUBTS);
}

function firstGap(numbers: ReadonlySet<number>): number | null {
  for (let number = 1; number <= numbers.size; number += 1) {
    if (!numbers.has(number)) return number;
  }
  return null;
}
