/** The one opened settings file of a running bot: two pages that save at once take turns. */
import type { Config } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { isLvlinError } from '../model/errors.ts';
import type { SettingName } from '../setting-list.ts';
import { openSettingsFile, type Saved, type SavedChanges, type SettingsFile } from '../settings-file.ts';

export function openSettings(
  { settingsFile }: Pick<Config, 'settingsFile'>,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): SettingsFile {
  return openSettingsFile(settingsFile, {
    now: () => clock.now(),
    onRestored: () => log.warn({ file: settingsFile }, 'the settings file was half-written; the last good one is back'),
  });
}

/** `null`: a person has to mend it first. */
export function readOrNull(file: SettingsFile): Promise<Saved | null> {
  return file.read().catch((error: unknown) => {
    if (isLvlinError(error, 'file-broken') || isLvlinError(error, 'settings-invalid')) return null;
    throw error;
  });
}

/** Once more, so that what is gone is gone from the copy of the last good file too, which lies beside it. */
export async function changeForGood(file: SettingsFile, changes: SavedChanges): Promise<void> {
  await file.change(changes);
  await file.change({});
}

/** The variable that says it from outside, whatever the file holds. */
export function fixedBy({ given }: Pick<Config, 'given'>, name: SettingName): string | null {
  const isFixed = given.some(
    (setting) => setting.name === name && (setting.origin === 'environment' || setting.origin === 'env-file'),
  );
  return isFixed ? name : null;
}
