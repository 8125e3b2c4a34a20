import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeFileWhole } from '../../src/lib/atomic-file.ts';
import { atomicJsonAdapter } from '../../src/lib/atomic-json.ts';
import { isLvlinError } from '../../src/model/errors.ts';

const Settings = z.object({ community: z.string(), tipsAWeek: z.number() });
const now = () => new Date('2026-11-20T09:28:33.000Z');

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lvlin-file-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isLvlinError(error) ? error.code : error),
  );

describe('a file written whole', () => {
  it('holds the new content, for its owner alone, and leaves nothing beside it', async () => {
    await writeFileWhole(file, 'old');
    await writeFileWhole(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('is one of those written at the same time, whole', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(texts.map((text) => writeFileWhole(file, text)));
    expect(texts).toContain(await readFile(file, 'utf8'));
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('in a folder that is not there is a fault with a code', async () => {
    expect(await codeOf(writeFileWhole(join(folder, 'no', 'file'), 'x'))).toBe('folder-not-writable');
  });
});

describe('a settings file', () => {
  it('is nothing before it is written, then what was written', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    expect(await adapter.read()).toBeNull();
    await adapter.write({ community: '示范社区', tipsAWeek: 2 });
    expect(await adapter.read()).toEqual({ community: '示范社区', tipsAWeek: 2 });
    expect(await readFile(file, 'utf8')).toContain('\n  "community": "示范社区"');
  });

  it('serves lowdb', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    const db = new Low(adapter, { community: '', tipsAWeek: 2 });
    await db.update((settings) => {
      settings.community = '绿苑';
    });
    const again = new Low(adapter, { community: '', tipsAWeek: 0 });
    await again.read();
    expect(again.data).toEqual({ community: '绿苑', tipsAWeek: 2 });
  });

  it('comes back from the one before wherever the write was cut off', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    await adapter.write({ community: '一', tipsAWeek: 1 });
    await adapter.write({ community: '二', tipsAWeek: 2 });
    const whole = await readFile(file);
    for (let length = 0; length < whole.length - 2; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      const restored: string[] = [];
      const reader = atomicJsonAdapter(file, { schema: Settings, now, onRestored: ({ kept }) => restored.push(kept) });
      expect(await reader.read()).toEqual({ community: '一', tipsAWeek: 1 });
      expect(await readFile(restored[0] ?? '')).toEqual(whole.subarray(0, length));
      expect(await reader.read()).toEqual({ community: '一', tipsAWeek: 1 });
      expect(restored).toEqual([`${file}.broken-2026-11-20T09-28-33-000Z`]);
    }
  });

  it('without one before it says so and stays where it is', async () => {
    await writeFile(file, '{"community":');
    expect(await codeOf(atomicJsonAdapter(file, { schema: Settings, now }).read())).toBe('file-broken');
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('with a wrong value is left to its writer', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    await adapter.write({ community: '一', tipsAWeek: 1 });
    await writeFile(file, '{"community": "二", "tipsAWeek": "three"}');
    const error = await adapter.read().catch((thrown: unknown) => thrown);
    expect(isLvlinError(error, 'settings-invalid') && error.details.at).toBe('tipsAWeek');
    expect(await readFile(file, 'utf8')).toContain('three');
  });

  it('with a wrong value never becomes the one to come back to', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    await adapter.write({ community: '一', tipsAWeek: 1 });
    await writeFile(file, '{"community": 5}');
    await adapter.write({ community: '二', tipsAWeek: 2 });
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('saved by the Windows editor with a byte order mark is read', async () => {
    await writeFile(file, '\ufeff{"community": "一", "tipsAWeek": 1}');
    expect(await atomicJsonAdapter(file, { schema: Settings, now }).read()).toEqual({ community: '一', tipsAWeek: 1 });
  });

  it('keeps the order of writes that come at once', async () => {
    const adapter = atomicJsonAdapter(file, { schema: Settings, now });
    await Promise.all([1, 2, 3, 4].map((tipsAWeek) => adapter.write({ community: '一', tipsAWeek })));
    expect(await adapter.read()).toEqual({ community: '一', tipsAWeek: 4 });
    expect(JSON.parse(await readFile(`${file}.bak`, 'utf8'))).toEqual({ community: '一', tipsAWeek: 3 });
  });
});
