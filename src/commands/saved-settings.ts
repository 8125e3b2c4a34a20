/** Reads settings.json before anything can be said: the language is one of its settings. */
import { type Sources, settingsFileOf } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { isLvlinError, type LvlinError } from '../model/errors.ts';
import { openSettingsFile, type Saved } from '../settings-file.ts';

export interface SavedReading {
  readonly saved: Saved;
  /** The file was half-written and the last good one is in its place again. */
  readonly restored: { readonly file: string; readonly kept: string } | null;
  /** It cannot be read, and there is no good one. */
  readonly fault: LvlinError | null;
}

export async function readSaved(given: Pick<Sources, 'environment' | 'envFile'>): Promise<SavedReading> {
  let restored: SavedReading['restored'] = null;
  const file = openSettingsFile(settingsFileOf(given), {
    now: () => systemClock.now(),
    onRestored: (details) => {
      restored = details;
    },
  });
  try {
    return { saved: await file.read(), restored, fault: null };
  } catch (error) {
    if (!isLvlinError(error)) throw error;
    return { saved: {}, restored, fault: error };
  }
}
