/** A copy as it came, made into what can be compared: lines and writers by keyed hashes. */
import { maskSensitive } from '../../lib/phone.ts';
import type { ChainWriter, NativeChain } from '../../model/chain.ts';
import type { ChainEntry } from '../../model/understanding.ts';
import type { Transaction } from '../../store/store.ts';
import type { Sealer } from '../../store/vault.ts';
import { MOST_ENTRIES } from './flood-rules.ts';
import type { HeardCopy } from './heard-copy.ts';
import { bare, keptLine, lineText } from './line-rules.ts';
import type { Copy, CopyEntry } from './list-copy-rules.ts';

export interface ReadCopy {
  readonly copy: Copy;
  /** Numbers in it masked. */
  readonly theme: string;
  readonly themeKey: string;
  readonly nativeKey: string | null;
  readonly initiatorKey: string | null;
  readonly startedAt: Date;
  /** Where somebody with this key writes from. */
  readonly writers: ReadonlyMap<string, ChainWriter>;
}

export async function readCopy(tx: Transaction, heard: HeardCopy): Promise<ReadCopy> {
  const sealer = await tx.sealer(heard.community.id);
  const writers = new Map<string, ChainWriter>();
  const keyOf = (address: string | undefined): string | null => {
    if (address === undefined || heard.from === null) return null;
    const writer = { ...heard.from, address };
    const key = authorKey(sealer, writer);
    writers.set(key, writer);
    return key;
  };
  const entries = entriesOf(heard, sealer, keyOf);
  const poster = heard.poster === null ? null : keyOf(heard.poster.address);
  const theme = maskSensitive(heard.native?.theme ?? heard.theme);
  const isFirst = entries.length === 1 && heard.isWhole && heard.entries[0]?.number === 1;
  return {
    copy: {
      entries,
      poster,
      posterName: bare(heard.poster?.name ?? ''),
      at: heard.at,
      isWhole: heard.isWhole && heard.entries.length <= MOST_ENTRIES,
    },
    theme,
    themeKey: sealer.hash(`chain theme ${bare(heard.theme)}`),
    nativeKey: heard.native?.id === undefined ? null : sealer.hash(`chain id ${heard.native.id}`),
    // Whoever posts a list with one line has begun it.
    initiatorKey: keyOf(heard.native?.initiator) ?? (isFirst ? poster : null),
    startedAt: earliest(entries) ?? heard.at,
    writers,
  };
}

/** The same human on the same channel has the same key, before and after they are known. */
export function authorKey(sealer: Sealer, { channel, account, address }: ChainWriter): string {
  return sealer.hash(`chain author ${channel}|${account}|${address}`);
}

function entriesOf(
  { entries, native }: HeardCopy,
  sealer: Sealer,
  keyOf: (address: string | undefined) => string | null,
): CopyEntry[] {
  const taken = entries.slice(0, MOST_ENTRIES);
  const told = alignNative(taken, native);
  return taken.map((entry, place) => {
    const line = keptLine(entry);
    const by = told[place];
    return {
      number: entry.number,
      line,
      lineKey: sealer.hash(`chain line ${lineText(line)}`),
      author: keyOf(by?.author),
      writtenAt: by?.at ?? null,
    };
  });
}

// After somebody left, the list of writers may be one longer or shorter than the text, which is the truth.
const LOOK_AHEAD = 3;

/** Who wrote which line: in the same order, passing over writers whose line is not in the text. */
function alignNative(
  entries: readonly ChainEntry[],
  native: NativeChain | null,
): readonly (NativeChain['entries'][number] | undefined)[] {
  const told = native?.entries ?? [];
  if (told.length === entries.length) return told;
  let from = 0;
  return entries.map((entry) => {
    const parts = [entry.name, entry.note].filter((part) => part !== undefined).map(bare);
    const ahead = told.slice(from, from + LOOK_AHEAD);
    const at = ahead.findIndex(({ text }) => parts.length > 0 && parts.every((part) => bare(text).includes(part)));
    if (at === -1) return undefined;
    from += at + 1;
    return ahead[at];
  });
}

function earliest(entries: readonly CopyEntry[]): Date | null {
  const times = entries.flatMap(({ writtenAt }) => (writtenAt === null ? [] : [writtenAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
