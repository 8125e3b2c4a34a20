/** `LVLIN_HOME/settings.json`: what was set in the browser for this machine. A person may open it, so config.ts checks every value. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Low } from 'lowdb';
import { z } from 'zod';
import { atomicJsonAdapter } from './lib/atomic-json.ts';
import { isLvlinError, LvlinError } from './model/errors.ts';
import type { SavedKey } from './setting-list.ts';

/** Whatever stands there; a value that does not fit is told with all others, not at the first look. */
const Saved = z.record(z.string(), z.unknown());
export type Saved = z.infer<typeof Saved>;

/** `null`: as if it had never been set. */
export type SavedChanges = Partial<Readonly<Record<SavedKey, string | number | null>>>;

export interface SettingsFile {
  /** Empty where there is no file. Rejects with `file-broken` or `settings-invalid` where it cannot be read. */
  read(): Promise<Saved>;
  /** Keeps what it does not name. Gives back what stands there now. */
  change(changes: SavedChanges): Promise<Saved>;
}

export interface SettingsFileOptions {
  readonly now: () => Date;
  /** The file was half-written; the last good one stands in its place, and the bad one lies in `kept`. */
  readonly onRestored: (details: { readonly file: string; readonly kept: string }) => void;
}

export function openSettingsFile(file: string, options: SettingsFileOptions): SettingsFile {
  const adapter = atomicJsonAdapter(file, { schema: Saved, ...options });
  let last: Promise<unknown> = Promise.resolve();

  // Read afresh each time: a person may have changed the file meanwhile.
  async function load(): Promise<Low<Saved>> {
    const low = new Low<Saved>(adapter, {});
    await low.read().catch((error: unknown) => {
      throw readable(file, error);
    });
    return low;
  }

  async function apply(changes: SavedChanges): Promise<Saved> {
    const low = await load();
    const kept = Object.entries({ ...low.data, ...changes }).filter(([, value]) => value !== null);
    low.data = Object.fromEntries(kept);
    await mkdir(dirname(file), { recursive: true });
    await low.write();
    return low.data;
  }

  return {
    read: async () => (await load()).data,
    // One after another: two people who save at once must not undo each other.
    change: (changes) => {
      const result = last.then(() => apply(changes));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** No rights, or a folder of that name: for whoever starts the bot the same as a file that cannot be read. */
function readable(file: string, error: unknown): unknown {
  const isOfTheDisk = error instanceof Error && 'syscall' in error && !isLvlinError(error);
  return isOfTheDisk ? new LvlinError('file-broken', { file }, { cause: error }) : error;
}
