/** Environment → Config: the only reader of process.env; every fault at once, none of them with a secret in it. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS } from './lib/log.ts';
import { isTimeZone } from './lib/zoned-time.ts';

/** One setting from outside. `.env.example` and the table in the README are made from this list. */
export interface Setting {
  readonly name: string;
  readonly schema: z.ZodType<string>;
  /** What holds when it is absent; `null`: nothing. */
  readonly byDefault: string | null;
  readonly example: string;
  /** The key of a text that says what it is for (prompts/<locale>/command-line.md). */
  readonly about: string;
  readonly secret?: boolean;
}

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .refine((port) => Number(port) <= 65_535);
const DatabaseUrl = z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/);
const HttpUrl = z.url({ protocol: /^https?$/ });
const Key = z.string().refine((text) => Buffer.from(text, 'base64').length === 32);

export const SETTINGS = [
  { name: 'LVLIN_HOME', schema: z.string().min(1), byDefault: 'var', example: '/srv/lvlin', about: 'setting.home' },
  {
    name: 'DATABASE_URL',
    schema: DatabaseUrl,
    byDefault: null,
    example: 'postgres://lvlin@127.0.0.1/lvlin',
    about: 'setting.database',
  },
  { name: 'HOST', schema: z.string().min(1), byDefault: '127.0.0.1', example: '0.0.0.0', about: 'setting.host' },
  { name: 'PORT', schema: Port, byDefault: '8787', example: '8080', about: 'setting.port' },
  {
    name: 'PUBLIC_URL',
    schema: HttpUrl,
    byDefault: null,
    example: 'https://lvlin.example.org',
    about: 'setting.public-url',
  },
  {
    name: 'LVLIN_PLAN',
    schema: z.string().regex(/^[a-z0-9-]+$/),
    byDefault: 'changji-2021',
    example: 'shanxi-2020',
    about: 'setting.plan',
  },
  {
    name: 'LVLIN_LOCALE',
    schema: z.string().regex(/^[A-Za-z-]+$/),
    byDefault: 'zh-CN',
    example: 'en',
    about: 'setting.locale',
  },
  {
    name: 'LVLIN_TIME_ZONE',
    schema: z.string().refine(isTimeZone),
    byDefault: 'Asia/Shanghai',
    example: 'Asia/Urumqi',
    about: 'setting.time-zone',
  },
  { name: 'LVLIN_SECRET_KEY', schema: Key, byDefault: null, example: '', about: 'setting.secret-key', secret: true },
  {
    name: 'LVLIN_LOG_LEVEL',
    schema: z.enum(LOG_LEVELS),
    byDefault: 'info',
    example: 'warn',
    about: 'setting.log-level',
  },
] as const satisfies readonly Setting[];

type SettingName = (typeof SETTINGS)[number]['name'];

export interface Config {
  /** Where the bot writes: database, settings, key, exports. */
  readonly home: string;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly plan: string;
  readonly locale: string;
  readonly zone: string;
  /** 32 bytes in base64; `null`: a key file in `home`, made at the first start. */
  readonly secretKey: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface ConfigFault {
  readonly name: string;
  readonly example: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly unknown: readonly UnknownSetting[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** A variable that looks like one of ours and is none; `meant` is the nearest one. */
export interface UnknownSetting {
  readonly name: string;
  readonly meant: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(environment: Environment = process.env): ConfigResult {
  const faults: ConfigFault[] = [];
  const values = new Map<SettingName, string | null>();
  for (const { name, schema, byDefault, example } of SETTINGS) {
    // An empty variable is one that was left blank in the file.
    const given = environment[name]?.trim() || byDefault;
    if (given !== null && !schema.safeParse(given).success) faults.push({ name, example });
    values.set(name, given);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, config: configOf(values), unknown: unknownSettings(environment) };
}

function configOf(values: ReadonlyMap<SettingName, string | null>): Config {
  const text = (name: SettingName) => values.get(name) ?? '';
  const home = resolve(text('LVLIN_HOME'));
  const port = Number(text('PORT'));
  return {
    home,
    databaseUrl: values.get('DATABASE_URL') ?? `sqlite:${join(home, 'lvlin.sqlite')}`,
    host: text('HOST'),
    port,
    publicUrl: (values.get('PUBLIC_URL') ?? `http://${text('HOST')}:${port}`).replace(/\/+$/, ''),
    plan: text('LVLIN_PLAN'),
    locale: text('LVLIN_LOCALE'),
    zone: text('LVLIN_TIME_ZONE'),
    secretKey: values.get('LVLIN_SECRET_KEY') ?? null,
    logLevel: z.enum(LOG_LEVELS).parse(text('LVLIN_LOG_LEVEL')),
  };
}

function unknownSettings(environment: Environment): UnknownSetting[] {
  const known = new Set<string>(SETTINGS.map((setting) => setting.name));
  return Object.keys(environment)
    .filter((name) => name.startsWith('LVLIN_') && !known.has(name))
    .map((name) => ({ name, meant: nearest(name, [...known]) }));
}

function nearest(name: string, candidates: readonly string[]): string {
  const letters = (text: string) => new Set(text);
  const likeness = (candidate: string) =>
    [...letters(name)].filter((letter) => letters(candidate).has(letter)).length -
    Math.abs(name.length - candidate.length);
  return candidates.reduce((best, candidate) => (likeness(candidate) > likeness(best) ? candidate : best));
}
