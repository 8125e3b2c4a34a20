/** Writes down what a copy changed in a list, and puts it on record in the order of the list. */
import type { ChainWriter, KeptEntry } from '../../model/chain.ts';
import type { Effects } from '../../runtime/feature.ts';
import { insertEntry, updateEntry } from '../../store/chain-entry-table.ts';
import type { Transaction } from '../../store/store.ts';
import { askAboutMany } from './answer-many.ts';
import type { AddedEntry, CopyDoubt, EntryChange, Merged } from './copy-rules.ts';
import {
  ask,
  type Done,
  joinEffects,
  type Listing,
  NO_EFFECTS,
  putBack,
  putOnRecord,
  takeOff,
} from './entry-record.ts';
import type { CopyEntry } from './list-copy-rules.ts';
import type { ReadCopy } from './read-copy.ts';
import { recordAll } from './record-list.ts';

export interface MergedCopy {
  readonly merged: Merged;
  readonly entries: readonly KeptEntry[];
  readonly copy: ReadCopy;
  /** What is new in it counts when a worker has said so. */
  readonly isWaiting: boolean;
}

export interface Applied {
  readonly changed: number;
  readonly removed: number;
  readonly waiting: number;
  readonly effects: Effects;
}

export async function applyMerge(tx: Transaction, listing: Listing, copied: MergedCopy): Promise<Applied> {
  const { merged, copy } = copied;
  const known = new Map(copied.entries.map((entry) => [entry.id, entry]));
  const done: Done[] = [];
  // Places that come free go to those who come after.
  const inOrder = merged.changes.toSorted((one, other) => Number(other.turn === 'off') - Number(one.turn === 'off'));
  for (const change of inOrder) {
    const entry = known.get(change.id);
    if (entry === undefined) continue;
    const changed = await applyChange(tx, listing, entry, change, copy);
    known.set(change.id, changed.entry);
    done.push(changed);
  }
  const added: KeptEntry[] = [];
  for (const line of merged.added) added.push(await addLine(tx, listing, line, copied));
  if (copied.isWaiting && added.length > 0) await askAboutMany(tx, listing, copy.copy.at);
  const recorded = await recordAll(tx, listing, [...known.values(), ...added]);
  for (const doubt of merged.doubts) await askAbout(tx, listing, doubt, { known, added });
  return {
    changed: merged.changes.filter(({ edit, turn }) => edit !== null || turn === 'on').length,
    removed: merged.changes.filter(({ turn }) => turn === 'off').length,
    waiting: recorded.waiting + done.filter(({ isWaiting }) => isWaiting).length,
    effects: joinEffects([...done.map(({ effects }) => effects), recorded.effects]),
  };
}

async function applyChange(
  tx: Transaction,
  listing: Listing,
  entry: KeptEntry,
  change: EntryChange,
  copy: ReadCopy,
): Promise<Done> {
  const { position, authorKey, writtenAt, relayed, edit, turn } = change;
  const writer = entry.writer ?? writerOf(authorKey, copy);
  const same: KeptEntry = { ...entry, position, authorKey, writer, writtenAt, relayed };
  if (turn === 'off') return takeOff(tx, listing, same, 'list');
  const next = edit === null ? same : edited(same, edit, copy.copy.at);
  if (turn === 'on' || comesAgain(entry, next)) return putBack(tx, listing, next);
  await updateEntry(tx, next);
  return edit === null ? { entry: next, isWaiting: false, effects: NO_EFFECTS } : putOnRecord(tx, listing, next);
}

/** 「来不了」 was in the line and is not any more. */
function comesAgain({ state, line }: KeptEntry, next: KeptEntry): boolean {
  return state === 'withdrawn' && line?.coming === 'no' && next.line?.coming !== 'no';
}

/** What it was before is remembered by its hash: a copy made before the edit still brings it. */
export function edited(entry: KeptEntry, edit: Pick<CopyEntry, 'line' | 'lineKey'>, at: Date): KeptEntry {
  const { line, lineKey } = edit;
  const formerKeys = [...new Set([...entry.formerKeys, entry.lineKey])].filter((key) => key !== lineKey);
  return { ...entry, line, lineKey, formerKeys, lineAt: at };
}

async function addLine(
  tx: Transaction,
  listing: Listing,
  added: AddedEntry,
  { copy, isWaiting }: MergedCopy,
): Promise<KeptEntry> {
  const { entry, position, authorKey, relayed, maybeChangeOf } = added;
  const { at } = copy.copy;
  const kept = await insertEntry(tx, {
    chainId: listing.chain.id,
    communityId: listing.community.id,
    position,
    line: entry.line,
    lineKey: entry.lineKey,
    formerKeys: [],
    authorKey,
    writer: writerOf(authorKey, copy),
    personId: null,
    writtenAt: entry.writtenAt ?? at,
    lineAt: at,
    relayed,
    state: maybeChangeOf === null && !isWaiting ? 'standing' : 'unsure',
    stateAt: at,
    offBy: null,
    record: null,
    refused: null,
  });
  if (maybeChangeOf !== null) await ask(tx, listing, { kind: 'changed', entry: kept, other: maybeChangeOf });
  return kept;
}

function writerOf(authorKey: string | null, { writers }: ReadCopy): ChainWriter | null {
  return authorKey === null ? null : (writers.get(authorKey) ?? null);
}

async function askAbout(
  tx: Transaction,
  listing: Listing,
  { kind, about, number }: CopyDoubt,
  { known, added }: { readonly known: ReadonlyMap<string, KeptEntry>; readonly added: readonly KeptEntry[] },
): Promise<void> {
  const entry = about === null ? undefined : 'id' in about ? known.get(about.id) : added[about.added];
  await ask(tx, listing, { kind, entry, number });
}
