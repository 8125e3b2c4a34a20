/** Environment → Config: the only reader of process.env; every fault at once, none of them with a secret in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './lib/log.ts';
import { nearestWord } from './lib/nearest-word.ts';
import { isTimeZone } from './lib/zoned-time.ts';

/** One setting from outside. `.env.example` is made from this list (`npm run -s lvlin -- settings`). */
export interface Setting {
  readonly name: string;
  readonly schema: z.ZodType<string>;
  /** What holds when it is absent; `null`: nothing, or something worked out. */
  readonly byDefault: string | null;
  readonly example: string;
  /** The key of a text that says what it is for (prompts/<locale>/command-line.md). */
  readonly about: `setting.${string}`;
}

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .refine((port) => Number(port) <= 65_535);
const Folder = z.string().min(1);
const Host = z.string().regex(/^[A-Za-z0-9.:_-]+$/);
const DatabaseUrl = z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/);
const HttpUrl = z.url({ protocol: /^https?$/ });
const PlanId = z.string().regex(/^[a-z0-9-]+$/);
const Locale = z.string().regex(/^[A-Za-z]+(-[A-Za-z]+)*$/);
const TimeZone = z.string().refine(isTimeZone);
const Key = z.string().refine((text) => Buffer.from(text, 'base64').length === 32);

export const SETTINGS = [
  { name: 'LVLIN_HOME', schema: Folder, byDefault: 'var', example: '/srv/lvlin', about: 'setting.home' },
  {
    name: 'DATABASE_URL',
    schema: DatabaseUrl,
    byDefault: null,
    example: 'postgres://lvlin@127.0.0.1/lvlin',
    about: 'setting.database',
  },
  { name: 'HOST', schema: Host, byDefault: '127.0.0.1', example: '0.0.0.0', about: 'setting.host' },
  { name: 'PORT', schema: Port, byDefault: '8787', example: '8080', about: 'setting.port' },
  {
    name: 'PUBLIC_URL',
    schema: HttpUrl,
    byDefault: null,
    example: 'https://lvlin.example.org',
    about: 'setting.public-url',
  },
  { name: 'LVLIN_PLAN', schema: PlanId, byDefault: 'changji-2021', example: 'shanxi-2020', about: 'setting.plan' },
  { name: 'LVLIN_LOCALE', schema: Locale, byDefault: 'zh-CN', example: 'en', about: 'setting.locale' },
  {
    name: 'LVLIN_TIME_ZONE',
    schema: TimeZone,
    byDefault: 'Asia/Shanghai',
    example: 'Asia/Urumqi',
    about: 'setting.time-zone',
  },
  // The example is no key: one that stands in a file for all to read would protect nothing.
  { name: 'LVLIN_SECRET_KEY', schema: Key, byDefault: null, example: '…=', about: 'setting.secret-key' },
  { name: 'LVLIN_LOG_LEVEL', schema: z.enum(LOG_LEVELS), byDefault: null, example: 'warn', about: 'setting.log-level' },
  { name: 'LVLIN_CONTENT', schema: Folder, byDefault: null, example: '/srv/lvlin-content', about: 'setting.content' },
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
  readonly keyFile: string;
  /** `null`: not set. */
  readonly logLevel: LogLevel | null;
  /** A community's own waste table; it need not exist. */
  readonly overrideFile: string;
  /** The facts and the sentences: `data` and `prompts` of one folder. */
  readonly dataFolder: string;
  readonly promptsFolder: string;
}

export type ConfigFault =
  | { readonly kind: 'wrong'; readonly name: string; readonly example: string; readonly about: string }
  /** A variable that looks like one of ours and is none; `meant` is the nearest one. */
  | { readonly kind: 'unknown'; readonly name: string; readonly meant: string };

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process over those of the file `.env` in the folder it was started in. */
export function readEnvironment(file = '.env'): Environment {
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...process.env } : process.env;
}

export function readConfig(environment: Environment = readEnvironment()): ConfigResult {
  const faults: ConfigFault[] = unknownSettings(environment);
  const values = new Map<SettingName, string | null>();
  for (const { name, schema, byDefault, example, about } of SETTINGS) {
    const given = givenValue(environment, name) ?? byDefault;
    if (given !== null && !schema.safeParse(given).success) faults.push({ kind: 'wrong', name, example, about });
    values.set(name, given);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: configOf(values) };
}

/** An empty variable is one that was left blank in the file. */
function givenValue(environment: Environment, name: string): string | null {
  return environment[name]?.trim() || null;
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
    publicUrl: (values.get('PUBLIC_URL') ?? `http://${reachable(text('HOST'))}:${port}`).replace(/\/+$/, ''),
    plan: text('LVLIN_PLAN'),
    locale: text('LVLIN_LOCALE'),
    zone: text('LVLIN_TIME_ZONE'),
    secretKey: values.get('LVLIN_SECRET_KEY') ?? null,
    keyFile: join(home, 'secret.key'),
    logLevel: LOG_LEVELS.find((level) => level === values.get('LVLIN_LOG_LEVEL')) ?? null,
    overrideFile: join(home, 'waste-override.csv'),
    ...contentFolders(values.get('LVLIN_CONTENT') ?? null),
  };
}

/** Nobody can open the address that means "every network card of this machine". */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** What is needed to say what is wrong with the settings, whatever is wrong with them. */
export interface SpokenIn {
  readonly locale: string;
  readonly promptsFolder: string;
  /** The texts this program came with: what is said where the folder above holds none. */
  readonly shippedPrompts: string;
}

export function readSpokenIn(environment: Environment): SpokenIn {
  const locale = Locale.safeParse(givenValue(environment, 'LVLIN_LOCALE'));
  return {
    locale: locale.data ?? 'zh-CN',
    promptsFolder: contentFolders(givenValue(environment, 'LVLIN_CONTENT')).promptsFolder,
    shippedPrompts: contentFolders(null).promptsFolder,
  };
}

/** Beside the source unless said otherwise, so that a start from another folder finds them too. */
function contentFolders(given: string | null): { dataFolder: string; promptsFolder: string } {
  const folder = given === null ? fileURLToPath(new URL('..', import.meta.url)) : resolve(given);
  return { dataFolder: join(folder, 'data'), promptsFolder: join(folder, 'prompts') };
}

function unknownSettings(environment: Environment): ConfigFault[] {
  const known = SETTINGS.map((setting) => setting.name);
  return Object.keys(environment)
    .filter((name) => name.startsWith('LVLIN_') && !known.some((setting) => setting === name))
    .map((name) => ({ kind: 'unknown', name, meant: nearestWord(name, known) }));
}
