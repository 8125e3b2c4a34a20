/** Environment and settings file → Config: the only reader of process.env; every fault at once, none of them with a secret in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { readWebhooks, type Webhook } from './channel-setting-list.ts';
import { LOG_LEVELS, type LogLevel } from './lib/log.ts';
import { nearestWord } from './lib/nearest-word.ts';
import type { Setting } from './setting.ts';
import { Locale, type SavedKey, SETTINGS, type SettingName, splitList } from './setting-list.ts';

export interface Config {
  /** Where the bot writes: database, settings, key, exports. */
  readonly home: string;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Addresses of the servers in front of this one, or `loopback`; what they say of a caller is believed. */
  readonly trustedProxies: readonly string[];
  /** Opens the figures to whoever does not ask from this machine; `null`: nobody else. */
  readonly metricsToken: string | null;
  readonly plan: string;
  readonly locale: string;
  readonly zone: string;
  /** 32 bytes in base64; `null`: a key file in `home`, made at the first start. */
  readonly secretKey: string | null;
  readonly keyFile: string;
  /** What was set in the browser for this machine; it need not exist. */
  readonly settingsFile: string;
  /** `null`: not set. */
  readonly logLevel: LogLevel | null;
  /** A community's own waste table; it need not exist. */
  readonly overrideFile: string;
  /** The facts and the sentences: `data` and `prompts` of one folder. */
  readonly dataFolder: string;
  readonly promptsFolder: string;
  /** Who the bot is on the platforms; what is `null` there was not set. */
  readonly accounts: AccountsConfig;
  /** Who it would be if this stood in settings.json; the environment wins as ever. */
  readonly accountsIf: (saved: Sources['saved']) => AccountsConfig;
  /** The language model that is asked about what nobody understands; `null`: none. */
  readonly llm: LlmConfig | null;
  /** As `accountsIf`. */
  readonly llmIf: (saved: Sources['saved']) => LlmConfig | null;
  /** How many messages it may be asked about within 24 hours. */
  readonly llmADay: { readonly ofPerson: number; readonly ofGroup: number; readonly ofCommunity: number };
  /** Every setting, where it comes from, and what it is unless that is a secret. */
  readonly given: readonly GivenSetting[];
}

export interface AccountsConfig {
  readonly wecom: {
    readonly botId: string;
    readonly secret: string;
    readonly botName: string | null;
    readonly wsUrl: string | null;
  } | null;
  readonly webhooks: readonly Webhook[];
  /** A self-built app that hands messages for customer groups to their owners. */
  readonly wecomApp: { readonly corpId: string; readonly secret: string; readonly apiRoot: string | null } | null;
  readonly telegram: { readonly token: string; readonly apiRoot: string | null; readonly proxy: string | null } | null;
  readonly wechat: {
    readonly endpoint: string;
    readonly token: string;
    readonly acceptsRisk: boolean;
    readonly stableIds: boolean;
  } | null;
}

export interface LlmConfig {
  readonly baseUrl: string;
  /** `null`: it asks for none. */
  readonly apiKey: string | null;
  readonly model: string;
}

/** The first that says something wins. */
export type Origin = 'environment' | 'env-file' | 'settings-file' | 'default';

export interface GivenSetting {
  readonly name: SettingName;
  /** `null`: not set, or not to be shown. */
  readonly shown: string | null;
  readonly origin: Origin;
}

export type ConfigFault =
  | { readonly kind: 'wrong'; readonly name: string; readonly example: string; readonly about: string }
  /** A variable that looks like one of ours and is none; `meant` is the nearest one. */
  | { readonly kind: 'unknown'; readonly name: string; readonly meant: string }
  | {
      readonly kind: 'wrong-in-file';
      readonly file: string;
      readonly name: string;
      readonly example: string;
      readonly about: string;
    }
  | { readonly kind: 'unknown-in-file'; readonly file: string; readonly name: string; readonly meant: string };

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything said from outside. */
export interface Sources {
  readonly environment: Environment;
  /** Of the file `.env`. */
  readonly envFile: Environment;
  /** Of settings.json, as it stands there: a person may have written it. */
  readonly saved: Readonly<Record<string, unknown>>;
}

/** The variables of this process, and those of the file `.env` in the folder it was started in. */
export function readEnvironment(file = '.env'): Pick<Sources, 'environment' | 'envFile'> {
  return { environment: process.env, envFile: existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {} };
}

/** Known before the rest: the settings of the file lie in it. */
export function settingsFileOf({ environment = {}, envFile = {} }: Partial<Sources>): string {
  const home = textIn(environment, 'LVLIN_HOME') ?? textIn(envFile, 'LVLIN_HOME');
  return join(resolve(home ?? HOME_BY_DEFAULT), 'settings.json');
}

const HOME_BY_DEFAULT = 'var';

export function readConfig(partial: Partial<Sources>): ConfigResult {
  const sources: Sources = { environment: {}, envFile: {}, saved: {}, ...partial };
  const found = SETTINGS.map((setting) => lookUp(sources, setting));
  const faults = [...unknownSettings(sources), ...found.flatMap(faultIn), ...faultsInFile(sources)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: configOf(found, sources) };
}

interface Found {
  readonly setting: (typeof SETTINGS)[number];
  readonly value: string | null;
  readonly origin: Origin;
}

function lookUp({ environment, envFile, saved }: Sources, setting: Found['setting']): Found {
  const said: readonly (readonly [Origin, string | null])[] = [
    ['environment', textIn(environment, setting.name)],
    ['env-file', textIn(envFile, setting.name)],
    ['settings-file', setting.inFile === null ? null : savedText(saved[setting.inFile])],
  ];
  const [origin, value] = said.find(([, text]) => text !== null) ?? (['default', setting.byDefault] as const);
  return { setting, value, origin };
}

/** An empty variable is one that was left blank. */
function textIn(environment: Environment, name: string): string | null {
  return environment[name]?.trim() || null;
}

/** A person writes a port as a number or in quotes, and leaves blank what is not to be set. */
function savedText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() || null : null;
}

function faultIn({ setting: { name, schema, example, about }, value, origin }: Found): ConfigFault[] {
  const isGood = origin === 'settings-file' || value === null || schema.safeParse(value).success;
  return isGood ? [] : [{ kind: 'wrong', name, example, about }];
}

/** Also where the environment says otherwise today: it may not tomorrow. */
function faultsInFile(sources: Sources): ConfigFault[] {
  const file = settingsFileOf(sources);
  const known = SETTINGS.flatMap(({ inFile }) => (inFile === null ? [] : [inFile]));
  return Object.entries(sources.saved).flatMap(([name, value]): ConfigFault[] => {
    const setting = SETTINGS.find(({ inFile }) => inFile === name);
    if (setting === undefined) return [{ kind: 'unknown-in-file', file, name, meant: nearestWord(name, known) }];
    if (fitsSetting(setting, value)) return [];
    return [{ kind: 'wrong-in-file', file, name, example: setting.example, about: setting.about }];
  });
}

/** Whether it may stand in settings.json under this key. */
export function fitsKey(key: SavedKey, value: string): boolean {
  return SETTINGS.some((setting) => setting.inFile === key && fitsSetting(setting, value));
}

function fitsSetting({ schema }: Pick<Setting, 'schema'>, value: unknown): boolean {
  const text = savedText(value);
  return text === null ? value === null || value === '' : schema.safeParse(text).success;
}

// An address of a database may hold its password.
const SECRETIVE: readonly SettingName[] = [
  'LVLIN_SECRET_KEY',
  'METRICS_TOKEN',
  'DATABASE_URL',
  'WECOM_BOT_SECRET',
  'WECOM_WEBHOOKS',
  'WECOM_APP_SECRET',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_PROXY',
  'WECHATY_PUPPET_TOKEN',
  'LLM_API_KEY',
];

function configOf(found: readonly Found[], sources: Sources): Config {
  const values = new Map(found.map(({ setting, value }) => [setting.name, value]));
  const text = (name: SettingName) => values.get(name) ?? '';
  const home = resolve(text('LVLIN_HOME'));
  const port = Number(text('PORT'));
  return {
    home,
    databaseUrl: values.get('DATABASE_URL') ?? `sqlite:${join(home, 'lvlin.sqlite')}`,
    host: text('HOST'),
    port,
    publicUrl: publicUrlOf(values.get('PUBLIC_URL') ?? null, text('HOST'), port),
    trustedProxies: splitList(text('TRUSTED_PROXY')),
    metricsToken: values.get('METRICS_TOKEN') ?? null,
    plan: text('LVLIN_PLAN'),
    locale: text('LVLIN_LOCALE'),
    zone: text('LVLIN_TIME_ZONE'),
    secretKey: values.get('LVLIN_SECRET_KEY') ?? null,
    keyFile: join(home, 'secret.key'),
    settingsFile: join(home, 'settings.json'),
    logLevel: LOG_LEVELS.find((level) => level === values.get('LVLIN_LOG_LEVEL')) ?? null,
    overrideFile: join(home, 'waste-override.csv'),
    ...contentFolders(values.get('LVLIN_CONTENT') ?? null),
    accounts: accountsOf((name) => values.get(name) ?? null),
    accountsIf: (saved) => accountsOf(valuesWith({ ...sources, saved })),
    llm: llmOf((name) => values.get(name) ?? null),
    llmIf: (saved) => llmOf(valuesWith({ ...sources, saved })),
    llmADay: {
      ofPerson: Number(text('LLM_A_DAY_PERSON')),
      ofGroup: Number(text('LLM_A_DAY_GROUP')),
      ofCommunity: Number(text('LLM_A_DAY_COMMUNITY')),
    },
    given: found.map(({ setting: { name }, value, origin }) => {
      return { name, shown: SECRETIVE.includes(name) ? null : value, origin };
    }),
  };
}

function valuesWith(sources: Sources): (name: SettingName) => string | null {
  const then = new Map(SETTINGS.map((setting) => [setting.name, lookUp(sources, setting).value]));
  return (name) => then.get(name) ?? null;
}

/** One of which half is missing is none; `doctor` tells. */
function llmOf(value: (name: SettingName) => string | null): LlmConfig | null {
  const [baseUrl, model] = [value('LLM_BASE_URL'), value('LLM_MODEL')];
  return baseUrl === null || model === null ? null : { baseUrl, apiKey: value('LLM_API_KEY'), model };
}

/** An account of which half is missing is none; `doctor` tells. */
function accountsOf(value: (name: SettingName) => string | null): AccountsConfig {
  const [botId, secret] = [value('WECOM_BOT_ID'), value('WECOM_BOT_SECRET')];
  const [corpId, appSecret] = [value('WECOM_CORP_ID'), value('WECOM_APP_SECRET')];
  const token = value('TELEGRAM_BOT_TOKEN');
  const [endpoint, gatewayToken] = [value('WECHATY_PUPPET_ENDPOINT'), value('WECHATY_PUPPET_TOKEN')];
  return {
    wecom:
      botId === null || secret === null
        ? null
        : { botId, secret, botName: value('WECOM_BOT_NAME'), wsUrl: value('WECOM_WS_URL') },
    webhooks: readWebhooks(value('WECOM_WEBHOOKS') ?? '') ?? [],
    wecomApp:
      corpId === null || appSecret === null ? null : { corpId, secret: appSecret, apiRoot: value('WECOM_API_ROOT') },
    telegram: token === null ? null : { token, apiRoot: value('TELEGRAM_API_ROOT'), proxy: value('TELEGRAM_PROXY') },
    wechat:
      endpoint === null || gatewayToken === null
        ? null
        : {
            endpoint,
            token: gatewayToken,
            acceptsRisk: value('WECHATY_ACCEPT_RISK') === 'yes',
            stableIds: value('WECHATY_STABLE_IDS') === 'yes',
          },
  };
}

/** Where the pages are opened: as it was set, otherwise on this machine. Without a slash at the end. */
export function publicUrlOf(given: string | null, host: string, port: number): string {
  return (given ?? `http://${reachable(host)}:${port}`).replace(/\/+$/, '');
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

export function readSpokenIn(partial: Partial<Sources>): SpokenIn {
  const sources: Sources = { environment: {}, envFile: {}, saved: {}, ...partial };
  const given = new Map(SETTINGS.map((setting) => [setting.name, lookUp(sources, setting).value]));
  return {
    locale: Locale.safeParse(given.get('LVLIN_LOCALE')).data ?? 'zh-CN',
    promptsFolder: contentFolders(given.get('LVLIN_CONTENT') ?? null).promptsFolder,
    shippedPrompts: contentFolders(null).promptsFolder,
  };
}

/** Beside the source unless said otherwise, so that a start from another folder finds them too. */
function contentFolders(given: string | null): { dataFolder: string; promptsFolder: string } {
  const folder = given === null ? fileURLToPath(new URL('..', import.meta.url)) : resolve(given);
  return { dataFolder: join(folder, 'data'), promptsFolder: join(folder, 'prompts') };
}

function unknownSettings({ environment, envFile }: Sources): ConfigFault[] {
  const known = SETTINGS.map((setting) => setting.name);
  return [...new Set([...Object.keys(envFile), ...Object.keys(environment)])]
    .filter((name) => name.startsWith('LVLIN_') && !known.some((setting) => setting === name))
    .map((name) => ({ kind: 'unknown', name, meant: nearestSetting(name, known) }));
}

/** Some of ours bear no prefix: LVLIN_PORT is meant for PORT. A name cut short counts before one with other letters. */
function nearestSetting(name: string, known: readonly SettingName[]): string {
  const bare = (one: string) => one.replace(/^LVLIN_/, '');
  const begun = known.find((one) => bare(one) === bare(name)) ?? known.find((one) => bare(one).startsWith(bare(name)));
  const nearest = nearestWord(bare(name), known.map(bare));
  return begun ?? known.find((one) => bare(one) === nearest) ?? nearest;
}
