/** Lets the committee's site set what is kept in settings.json. */
import { networkInterfaces } from 'node:os';
import { MACHINE_FIELDS, type MachineDesk, type MachineField, type MachineSetting } from '../admin/machine-desk.ts';
import { type Config, fitsKey, publicUrlOf } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { isLvlinError } from '../model/errors.ts';
import { SETTINGS, type SettingName } from '../setting-list.ts';
import { openSettingsFile, type Saved } from '../settings-file.ts';

const VARIABLES = { publicUrl: 'PUBLIC_URL', host: 'HOST', port: 'PORT' } as const satisfies Record<
  MachineField,
  SettingName
>;

export function machineDesk(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): MachineDesk {
  const file = openSettingsFile(config.settingsFile, {
    now: () => clock.now(),
    onRestored: () =>
      log.warn({ file: config.settingsFile }, 'the settings file was half-written; the last good one is back'),
  });
  let publicUrl = config.publicUrl;
  return {
    file: config.settingsFile,
    publicUrl: () => publicUrl,
    nearbyUrls: () => nearbyUrls(config.port),
    read: () => file.read().then((saved) => settingsOf(config, saved), unreadable),
    save: async (values) => {
      const open = MACHINE_FIELDS.filter((field) => fixedBy(config, field) === null);
      const wrong = open.filter((field) => !fitsKey(field, values[field]));
      if (wrong.length > 0) return wrong;
      await file.change(Object.fromEntries(open.map((field) => [field, savedValue(field, values[field])])));
      if (open.includes('publicUrl')) publicUrl = publicUrlOf(values.publicUrl || null, config.host, config.port);
      return [];
    },
  };
}

function settingsOf(config: Config, saved: Saved): Record<MachineField, MachineSetting> {
  const setting = (field: MachineField, running: string): MachineSetting => ({
    saved: String(saved[field] ?? ''),
    running,
    usual: SETTINGS.find(({ name }) => name === VARIABLES[field])?.byDefault ?? '',
    fixedBy: fixedBy(config, field),
  });
  return {
    publicUrl: setting('publicUrl', config.publicUrl),
    host: setting('host', config.host),
    port: setting('port', String(config.port)),
  };
}

function unreadable(error: unknown): null {
  if (isLvlinError(error, 'file-broken') || isLvlinError(error, 'settings-invalid')) return null;
  throw error;
}

function fixedBy({ given }: Config, field: MachineField): string | null {
  const name = VARIABLES[field];
  const isFixed = given.some(
    (setting) => setting.name === name && (setting.origin === 'environment' || setting.origin === 'env-file'),
  );
  return isFixed ? name : null;
}

function savedValue(field: MachineField, value: string): string | number | null {
  if (value === '') return null;
  return field === 'port' ? Number(value) : value;
}

// Virtual machines and tunnels bring addresses of their own; nobody reads a list of ten.
const NEARBY = 3;

function nearbyUrls(port: number): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .slice(0, NEARBY)
    .map(({ address }) => publicUrlOf(null, address, port));
}
