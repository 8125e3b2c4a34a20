/** Lets the committee's site set what is kept in settings.json. */
import { networkInterfaces } from 'node:os';
import { MACHINE_FIELDS, type MachineDesk, type MachineField, type MachineSetting } from '../admin/machine-desk.ts';
import { type Config, fitsKey, publicUrlOf } from '../config.ts';
import { SETTINGS, type SettingName } from '../setting-list.ts';
import type { Saved, SettingsFile } from '../settings-file.ts';
import { fixedBy, readOrNull } from './settings-keeping.ts';

const VARIABLES = { publicUrl: 'PUBLIC_URL', host: 'HOST', port: 'PORT' } as const satisfies Record<
  MachineField,
  SettingName
>;

export function machineDesk(config: Config, file: SettingsFile): MachineDesk {
  let publicUrl = config.publicUrl;
  return {
    file: config.settingsFile,
    publicUrl: () => publicUrl,
    nearbyUrls: () => nearbyUrls(config.port),
    read: async () => {
      const saved = await readOrNull(file);
      return saved === null ? null : settingsOf(config, saved);
    },
    save: async (values) => {
      const open = MACHINE_FIELDS.filter((field) => fixedBy(config, VARIABLES[field]) === null);
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
    fixedBy: fixedBy(config, VARIABLES[field]),
  });
  return {
    publicUrl: setting('publicUrl', config.publicUrl),
    host: setting('host', config.host),
    port: setting('port', String(config.port)),
  };
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
