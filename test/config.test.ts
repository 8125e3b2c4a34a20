/** Settings: read once, with every fault at once and none of them telling a secret. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../src/commands/command-speech.ts';
import { COMMAND_TEXTS } from '../src/commands/command-texts.ts';
import { settingLine } from '../src/commands/fault-lines.ts';
import { settingsFile } from '../src/commands/settings-command.ts';
import {
  type Config,
  type ConfigFault,
  readConfig,
  readEnvironment,
  readSpokenIn,
  settingsFileOf,
} from '../src/config.ts';
import { SETTINGS } from '../src/setting-list.ts';

function configOf(environment: Record<string, string>): Config {
  const result = readConfig({ environment });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.config;
}

function faultsOf(environment: Record<string, string>): readonly ConfigFault[] {
  const result = readConfig({ environment });
  return result.ok ? [] : result.faults;
}

describe('the settings', () => {
  it('need nothing to be set', () => {
    expect(configOf({})).toMatchObject({
      home: resolve('var'),
      databaseUrl: `sqlite:${resolve('var/lvlin.sqlite')}`,
      host: '127.0.0.1',
      port: 8787,
      publicUrl: 'http://127.0.0.1:8787',
      zone: 'Asia/Shanghai',
      secretKey: null,
    });
  });

  it('name every variable that cannot be read, at once', () => {
    const faults = faultsOf({ PORT: '99999', LVLIN_TIME_ZONE: 'Mars', DATABASE_URL: 'mysql://x', HOST: '127.0.0.1' });
    expect(faults.map(({ name }) => name).sort()).toEqual(['DATABASE_URL', 'LVLIN_TIME_ZONE', 'PORT']);
  });

  it('keep a faulty key and password out of what is said', () => {
    const faults = faultsOf({ LVLIN_SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db' });
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it.each([
    ['LVLIN_HOEM', 'LVLIN_HOME'],
    ['LVLIN_TIMEZONE', 'LVLIN_TIME_ZONE'],
    ['LVLIN_SECRET', 'LVLIN_SECRET_KEY'],
    ['LVLIN_LOCAL', 'LVLIN_LOCALE'],
    ['LVLIN_PORT', 'PORT'],
    ['LVLIN_PUBLICURL', 'PUBLIC_URL'],
  ])('take %s for a slip of %s', (name, meant) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([{ kind: 'unknown', name, meant }]);
  });

  it('take a variable left blank for one that is not set', () => {
    expect(configOf({ PORT: '', PUBLIC_URL: '  ' }).port).toBe(8787);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:8787'],
    [{ HOST: '::1', PORT: '80' }, 'http://[::1]:80'],
    [{ PUBLIC_URL: 'https://lvlin.example.org/' }, 'https://lvlin.example.org'],
  ])('give an address that can be opened: %j', (environment, url) => {
    expect(configOf(environment).publicUrl).toBe(url);
  });

  it('read the servers in front of this one as a list', () => {
    expect(configOf({}).trustedProxies).toEqual([]);
    expect(configOf({ TRUSTED_PROXY: 'loopback, 10.1.2.3' }).trustedProxies).toEqual(['loopback', '10.1.2.3']);
    expect(faultsOf({ TRUSTED_PROXY: 'nginx' })).toMatchObject([{ kind: 'wrong', name: 'TRUSTED_PROXY' }]);
  });

  it('come from the file .env where the environment says nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lvlin-env-'));
    writeFileSync(join(folder, '.env'), 'PATH=nowhere\nLVLIN_HOME=/somewhere\n');
    const { environment, envFile } = readEnvironment(join(folder, '.env'));
    expect(environment.PATH).toBe(process.env.PATH);
    expect(settingsFileOf({ envFile })).toBe('/somewhere/settings.json');
    expect(settingsFileOf({ environment: { LVLIN_HOME: '/elsewhere' }, envFile })).toBe('/elsewhere/settings.json');
    rmSync(folder, { recursive: true });
  });

  it('are each explained in a text', () => {
    for (const { about } of SETTINGS) expect(COMMAND_TEXTS).toHaveProperty([about]);
  });

  it('show in a fault how the variable should look', async () => {
    const [fault] = faultsOf({ PORT: 'abc' });
    const speak = await loadSpeech(readSpokenIn({}));
    expect(fault && settingLine(fault, speak)).toContain('PORT=8080');
  });
});

describe('the settings made in the browser', () => {
  const environment = { LVLIN_HOME: '/srv/lvlin', PORT: '9000' };
  const originOf = (config: ReturnType<typeof readConfig>, name: string) =>
    config.ok ? config.config.given.find((setting) => setting.name === name) : undefined;

  it('hold where neither the environment nor the file .env says otherwise', () => {
    const saved = { host: '0.0.0.0', port: 7000, timeZone: 'Asia/Urumqi', logLevel: 'debug' };
    const result = readConfig({ environment, envFile: { HOST: '127.0.0.1', PORT: '8000' }, saved });
    expect(result).toMatchObject({
      ok: true,
      config: { host: '127.0.0.1', port: 9000, zone: 'Asia/Urumqi', logLevel: 'debug' },
    });
    expect(originOf(result, 'PORT')).toEqual({ name: 'PORT', shown: '9000', origin: 'environment' });
    expect(originOf(result, 'HOST')).toMatchObject({ origin: 'env-file' });
    expect(originOf(result, 'LVLIN_TIME_ZONE')).toMatchObject({ shown: 'Asia/Urumqi', origin: 'settings-file' });
    expect(originOf(result, 'LVLIN_PLAN')).toMatchObject({ shown: 'changji-2021', origin: 'default' });
  });

  it('are told all at once where they cannot be read, with what is wrong elsewhere', () => {
    const saved = { port: 'eighty', publicUrl: 'lvlin', zone: 'Mars', secretKey: 'hunter2', host: ['x'] };
    const result = readConfig({ environment: { PORT: 'abc' }, saved });
    const faults = result.ok ? [] : result.faults;
    expect(faults.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'wrong PORT',
      'wrong-in-file port',
      'wrong-in-file publicUrl',
      'unknown-in-file zone',
      'unknown-in-file secretKey',
      'wrong-in-file host',
    ]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('choose the language that faults are told in', () => {
    expect(readSpokenIn({ saved: { locale: 'en' } }).locale).toBe('en');
    expect(readSpokenIn({ environment: { LVLIN_LOCALE: 'zh-CN' }, saved: { locale: 'en' } }).locale).toBe('zh-CN');
  });

  it('never show the token', () => {
    const result = readConfig({ environment: { METRICS_TOKEN: 'hunter2-hunter2-hunter2' } });
    expect(originOf(result, 'METRICS_TOKEN')).toMatchObject({ shown: null });
  });

  it('never show the key or the address of the database', () => {
    const result = readConfig({ environment: { DATABASE_URL: 'postgres://a:hunter2@db/x' } });
    expect(originOf(result, 'DATABASE_URL')).toEqual({ name: 'DATABASE_URL', shown: null, origin: 'environment' });
  });
});

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8');

  it('is what `lvlin settings` prints', async () => {
    expect(example).toBe(`${settingsFile(await loadSpeech(readSpokenIn({})))}\n`);
  });

  it('changes nothing as it is', () => {
    expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('holds examples that can be read, but for keys, tokens and secrets, which must be made', () => {
    const shown = Object.fromEntries(SETTINGS.map(({ name, example: value }) => [name, value]));
    const unreadable = faultsOf(shown).map(({ name }) => name);
    expect(unreadable.toSorted()).toEqual([
      'LVLIN_SECRET_KEY',
      'METRICS_TOKEN',
      'TELEGRAM_BOT_TOKEN',
      'WECOM_APP_SECRET',
      'WECOM_BOT_ID',
      'WECOM_BOT_SECRET',
      'WECOM_CORP_ID',
    ]);
  });
});
