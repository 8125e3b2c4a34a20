/** Everything that can be set from outside: what it is called, what fits, what holds when nobody set it. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { CHANNEL_SETTINGS } from './channel-setting-list.ts';
import { LOG_LEVELS } from './lib/log.ts';
import { isTimeZone } from './lib/zoned-time.ts';
import { LLM_SETTINGS } from './llm-setting-list.ts';
import type { Setting } from './setting.ts';

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .refine((port) => Number(port) >= 1 && Number(port) <= 65_535);
const Folder = z.string().min(1);
const Host = z.string().regex(/^[A-Za-z0-9.:_-]+$/);
const DatabaseUrl = z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/);
const HttpUrl = z.url({ protocol: /^https?$/ });
const TrustedProxies = z
  .string()
  .refine((list) => splitList(list).every((one) => one === 'loopback' || isIP(one) !== 0));
// Long enough not to be guessed.
const Token = z.string().regex(/^[\x21-\x7e]{16,}$/);
const PlanId = z.string().regex(/^[a-z0-9-]+$/);
export const Locale = z.string().regex(/^[A-Za-z]+(-[A-Za-z]+)*$/);
const TimeZone = z.string().refine(isTimeZone);
const Key = z.string().refine((text) => Buffer.from(text, 'base64').length === 32);

export const SETTINGS = [
  { name: 'LVLIN_HOME', schema: Folder, byDefault: 'var', example: '/srv/lvlin', about: 'setting.home', inFile: null },
  {
    name: 'DATABASE_URL',
    schema: DatabaseUrl,
    byDefault: null,
    example: 'postgres://lvlin@127.0.0.1/lvlin',
    about: 'setting.database',
    inFile: null,
  },
  { name: 'HOST', schema: Host, byDefault: '127.0.0.1', example: '0.0.0.0', about: 'setting.host', inFile: 'host' },
  { name: 'PORT', schema: Port, byDefault: '8787', example: '8080', about: 'setting.port', inFile: 'port' },
  {
    name: 'PUBLIC_URL',
    schema: HttpUrl,
    byDefault: null,
    example: 'https://lvlin.example.org',
    about: 'setting.public-url',
    inFile: 'publicUrl',
  },
  {
    name: 'TRUSTED_PROXY',
    schema: TrustedProxies,
    byDefault: null,
    example: 'loopback',
    about: 'setting.trusted-proxy',
    inFile: null,
  },
  // As with the key below, the example cannot be used.
  { name: 'METRICS_TOKEN', schema: Token, byDefault: null, example: '…', about: 'setting.metrics-token', inFile: null },
  {
    name: 'LVLIN_PLAN',
    schema: PlanId,
    byDefault: 'changji-2021',
    example: 'shanxi-2020',
    about: 'setting.plan',
    inFile: 'plan',
  },
  {
    name: 'LVLIN_LOCALE',
    schema: Locale,
    byDefault: 'zh-CN',
    example: 'en',
    about: 'setting.locale',
    inFile: 'locale',
  },
  {
    name: 'LVLIN_TIME_ZONE',
    schema: TimeZone,
    byDefault: 'Asia/Shanghai',
    example: 'Asia/Urumqi',
    about: 'setting.time-zone',
    inFile: 'timeZone',
  },
  // The example is no key: one that stands in a file for all to read would protect nothing.
  { name: 'LVLIN_SECRET_KEY', schema: Key, byDefault: null, example: '…=', about: 'setting.secret-key', inFile: null },
  {
    name: 'LVLIN_LOG_LEVEL',
    schema: z.enum(LOG_LEVELS),
    byDefault: null,
    example: 'warn',
    about: 'setting.log-level',
    inFile: 'logLevel',
  },
  {
    name: 'LVLIN_CONTENT',
    schema: Folder,
    byDefault: null,
    example: '/srv/lvlin-content',
    about: 'setting.content',
    inFile: null,
  },
  ...CHANNEL_SETTINGS,
  ...LLM_SETTINGS,
] as const satisfies readonly Setting[];

/** A list in one variable: its parts stand apart by commas. */
export function splitList(list: string): string[] {
  return list.split(',').flatMap((part) => part.trim() || []);
}

export type SettingName = (typeof SETTINGS)[number]['name'];

/** What settings.json may hold, by its key there. */
export type SavedKey = Exclude<(typeof SETTINGS)[number]['inFile'], null>;
