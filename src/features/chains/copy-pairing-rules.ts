/** Finds each line of a copy among the entries that are known: unchanged, as it was before an edit, or edited. Pure. */
import { likeness, nameOf } from './line-rules.ts';
import type { Copy, CopyEntry, KnownEntry } from './list-copy-rules.ts';

export interface Pair {
  readonly entry: CopyEntry;
  /** In the copy, from 0. */
  readonly place: number;
  readonly mate: KnownEntry;
  readonly isEdit: boolean;
}

export interface NewLine {
  readonly entry: CopyEntry;
  readonly place: number;
  readonly author: string | null;
  readonly maybeChangeOf: string | null;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly added: readonly NewLine[];
  /** Those that count and are not in the copy. */
  readonly missing: readonly KnownEntry[];
}

interface Placed {
  readonly entry: CopyEntry;
  readonly place: number;
}

export function pairUp(known: readonly KnownEntry[], copy: Copy): Pairing {
  const free = new Set(known);
  const pairs: Pair[] = [];
  const take = (placed: readonly Placed[], find: (entry: CopyEntry) => KnownEntry | undefined): Placed[] =>
    placed.filter(({ entry, place }) => {
      const mate = find(entry);
      if (mate === undefined) return true;
      free.delete(mate);
      pairs.push({ entry, place, mate, isEdit: isEditOf(entry, mate, copy) });
      return false;
    });
  let left: readonly Placed[] = copy.entries.map((entry, place) => ({ entry, place }));
  left = take(
    left,
    finder(free, momentsOf, (entry) => momentOf(entry.author, entry.writtenAt)),
  );
  left = take(
    left,
    finder(
      free,
      ({ lineKey }) => [lineKey],
      ({ lineKey }) => lineKey,
    ),
  );
  left = take(
    left,
    finder(
      free,
      ({ formerKeys }) => formerKeys,
      ({ lineKey }) => lineKey,
    ),
  );
  const authors = authorsOf(left, copy);
  const added = pairEdits(left, authors, { free, pairs, copy });
  return { pairs, added, missing: [...free].filter(counts) };
}

export function counts({ state }: KnownEntry): boolean {
  return state === 'standing' || state === 'unsure';
}

type Find = (entry: CopyEntry) => KnownEntry | undefined;

/** Of those under the same key the first whose author may be the same; one that counts before one that was taken off. */
function finder(
  free: ReadonlySet<KnownEntry>,
  keysOf: (entry: KnownEntry) => readonly string[],
  keyOf: (entry: CopyEntry) => string | null,
): Find {
  const byKey = new Map<string, KnownEntry[]>();
  const inOrder = [...free].sort((one, other) => Number(counts(other)) - Number(counts(one)));
  for (const entry of inOrder) {
    for (const key of keysOf(entry)) {
      const bucket = byKey.get(key);
      if (bucket === undefined) byKey.set(key, [entry]);
      else bucket.push(entry);
    }
  }
  return (entry) => {
    const key = keyOf(entry);
    const bucket = key === null ? undefined : byKey.get(key);
    const at = bucket?.findIndex((mate) => free.has(mate) && mayBeBy(entry.author, mate.authorKey)) ?? -1;
    // Whoever is found leaves the bucket, so that a list of the same line over and over is no square.
    return at === -1 ? undefined : bucket?.splice(at, 1)[0];
  };
}

function momentsOf({ authorKey, writtenAt }: KnownEntry): readonly string[] {
  const moment = momentOf(authorKey, writtenAt);
  return moment === null ? [] : [moment];
}

function momentOf(author: string | null, at: Date | null): string | null {
  return author === null || at === null ? null : `${author} ${at.getTime()}`;
}

function mayBeBy(author: string | null, other: string | null): boolean {
  return author === null || other === null || author === other;
}

/** A copy made before an edit still brings the old line; only its writer takes an edit back. */
function isEditOf(entry: CopyEntry, mate: KnownEntry, copy: Copy): boolean {
  if (entry.lineKey === mate.lineKey || mate.line === null || copy.at < mate.lineAt) return false;
  if (!mate.formerKeys.includes(entry.lineKey)) return true;
  return copy.poster !== null && copy.poster === mate.authorKey && copy.at > mate.lineAt;
}

/** Who joins appends one line; a line by the name of who posts is theirs too. */
function authorsOf(left: readonly Placed[], { entries, poster, posterName }: Copy): (string | null)[] {
  const isOnlyLast = left.length === 1 && left[0]?.place === entries.length - 1;
  const named = left.filter(({ entry }) => posterName !== '' && nameOf(entry.line) === posterName);
  return left.map((placed) => {
    if (placed.entry.author !== null) return placed.entry.author;
    return isOnlyLast || (named.length === 1 && named[0] === placed) ? poster : null;
  });
}

interface Sofar {
  readonly free: Set<KnownEntry>;
  readonly pairs: Pair[];
  readonly copy: Copy;
}

// The research into real lists: an edit touches one or two lines; more at once is another branch of the list.
const MOST_EDITS_BY_LIKENESS = 2;
const MOST_COMPARED = 20;

function pairEdits(left: readonly Placed[], authors: readonly (string | null)[], sofar: Sofar): NewLine[] {
  const { free, pairs, copy } = sofar;
  const lines = left.map((placed, at) => ({ ...placed, author: authors[at] ?? null }));
  const byAuthor = editable(sofar, ({ authorKey }) => authorKey);
  const byName = editable(sofar, ({ line }) => (line === null ? null : nameOf(line)));
  const names = countBy(lines.map(({ entry }) => nameOf(entry.line)));
  const added: NewLine[] = [];
  for (const { entry, place, author } of lines) {
    const found =
      editBy(entry, byAuthor(author), free) ??
      (names.get(nameOf(entry.line)) === 1 ? editByName(byName(nameOf(entry.line)), author, free) : undefined);
    if (found !== undefined) {
      free.delete(found);
      pairs.push({ entry, place, mate: found, isEdit: true });
    } else {
      const isFew = lines.length <= MOST_EDITS_BY_LIKENESS;
      added.push({ entry, place, author, maybeChangeOf: isFew ? alike(entry, author, free, copy) : null });
    }
  }
  return added;
}

type Lookup = (key: string | null) => readonly KnownEntry[];

/** Those not found in the copy that are older than it, by a key. */
function editable({ free, copy }: Sofar, keyOf: (entry: KnownEntry) => string | null): Lookup {
  const byKey = new Map<string, KnownEntry[]>();
  for (const entry of free) {
    const key = keyOf(entry);
    if (key === null || key === '' || !counts(entry) || entry.lineAt >= copy.at || !copy.isWhole) continue;
    const bucket = byKey.get(key);
    if (bucket === undefined) byKey.set(key, [entry]);
    else bucket.push(entry);
  }
  return (key) => (key === null ? [] : (byKey.get(key) ?? []));
}

/** One line of theirs is gone and one is new: it was edited. Of several the one that is most alike. */
function editBy(entry: CopyEntry, own: readonly KnownEntry[], free: ReadonlySet<KnownEntry>): KnownEntry | undefined {
  const open = own.filter((mate) => free.has(mate));
  return open.length === 1 ? open[0] : (mostAlike(entry, open.slice(0, MOST_COMPARED), ALIKE)?.mate ?? undefined);
}

function editByName(
  named: readonly KnownEntry[],
  author: string | null,
  free: ReadonlySet<KnownEntry>,
): KnownEntry | undefined {
  const [only, another] = named.filter((mate) => free.has(mate));
  return only !== undefined && another === undefined && mayBeBy(author, only.authorKey) ? only : undefined;
}

const ALIKE = 0.6;
// Two that score as near as this are alike.
const MARGIN = 0.1;

function alike(entry: CopyEntry, author: string | null, free: ReadonlySet<KnownEntry>, copy: Copy): string | null {
  if (!copy.isWhole) return null;
  const open = [...free].filter(
    (mate) => counts(mate) && mate.lineAt < copy.at && mayBeBy(author, mate.authorKey) && mate.relayed,
  );
  if (open.length > MOST_COMPARED) return null;
  const best = mostAlike(entry, open, ALIKE);
  return best?.mate?.id ?? best?.first.id ?? null;
}

interface Best {
  /** `null`: others are as much alike. */
  readonly mate: KnownEntry | null;
  readonly first: KnownEntry;
}

function mostAlike(entry: CopyEntry, open: readonly KnownEntry[], least: number): Best | null {
  const scored = open
    .map((mate) => ({ mate, score: mate.line === null ? 0 : likeness(entry.line, mate.line) }))
    .filter(({ score }) => score >= least)
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  if (best === undefined) return null;
  const isClear = second === undefined || best.score - second.score > MARGIN;
  return { mate: isClear ? best.mate : null, first: best.mate };
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
  return counted;
}
