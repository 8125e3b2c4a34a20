/** settings.json: what was set stays set, whoever saves at the same time and whatever became of the file. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettingsFile } from '../src/settings-file.ts';

let home: string;
let restored: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lvlin-settings-'));
  restored = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const fileOf = (folder = home) => join(folder, 'settings.json');
const open = (folder = home) =>
  openSettingsFile(fileOf(folder), {
    now: () => new Date('2026-11-20T10:00:00Z'),
    onRestored: ({ kept }) => restored.push(kept),
  });

describe('the settings file', () => {
  it('is empty where there is none, and is made with its folder, for its owner alone', async () => {
    const inside = join(home, 'new');
    expect(await open(inside).read()).toEqual({});
    await open(inside).change({ port: 8080 });
    expect(JSON.parse(readFileSync(fileOf(inside), 'utf8'))).toEqual({ port: 8080 });
    expect(statSync(fileOf(inside)).mode & 0o777).toBe(0o600);
  });

  it('keeps what a change does not name, and drops what it clears', async () => {
    writeFileSync(fileOf(), '{ "host": "0.0.0.0", "logLevel": "debug" }');
    await open().change({ host: null, publicUrl: 'https://lvlin.example' });
    expect(await open().read()).toEqual({ logLevel: 'debug', publicUrl: 'https://lvlin.example' });
  });

  it('holds every change of those made at the same time', async () => {
    const file = open();
    await Promise.all([file.change({ port: 8080 }), file.change({ host: '0.0.0.0' }), file.change({ locale: 'en' })]);
    expect(await file.read()).toEqual({ port: 8080, host: '0.0.0.0', locale: 'en' });
  });

  it('half-written gives way to the last good one, and is kept', async () => {
    const file = open();
    await file.change({ port: 8080 });
    await file.change({ port: 8081 });
    writeFileSync(fileOf(), '{ "port": 80');
    expect(await file.read()).toEqual({ port: 8080 });
    expect(restored).toHaveLength(1);
    expect(readFileSync(restored[0] ?? '', 'utf8')).toBe('{ "port": 80');
  });

  it('half-written for the first time is refused, and stays as it is', async () => {
    writeFileSync(fileOf(), '{ "port": 80');
    await expect(open().read()).rejects.toMatchObject({ code: 'file-broken', details: { file: fileOf() } });
    await expect(open().change({ port: 1 })).rejects.toMatchObject({ code: 'file-broken' });
    expect(readFileSync(fileOf(), 'utf8')).toBe('{ "port": 80');
    expect(readdirSync(home)).toEqual(['settings.json']);
  });

  it('that is a list or a folder is refused by its name', async () => {
    writeFileSync(fileOf(), '[]');
    await expect(open().read()).rejects.toMatchObject({ code: 'settings-invalid', details: { file: fileOf() } });
    await expect(open(join(home, 'settings.json')).read()).rejects.toMatchObject({ code: 'file-broken' });
  });
});
