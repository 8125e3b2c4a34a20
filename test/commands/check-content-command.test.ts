/** `check-content` says everything that is wrong, where, and in words. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLvlin } from './run-lvlin.ts';

describe('check-content', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lvlin-content-'));
    for (const name of ['data', 'prompts']) cpSync(name, join(folder, name), { recursive: true });
    appendFileSync(join(folder, 'data/waste-guide.csv'), 'no-such-thing,x,y\n');
    const english = join(folder, 'prompts/en/command-line.md');
    writeFileSync(english, readFileSync(english, 'utf8').replace('## backup.nothing', 'backup.nothing'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names file, line and column, and a text that one language lacks', async () => {
    const ran = await runLvlin(['check-content'], { LVLIN_CONTENT: folder });
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/data\/waste-guide\.csv 第 \d+ 行，class 这一列：/);
    expect(ran.err).toMatch(/prompts\/en：缺了 \d+ 句话：.*backup\.nothing/);
    expect(ran.err).not.toMatch(/content-fault|undefined|at file:/);
  });

  it('says it in the language that is set', async () => {
    const ran = await runLvlin(['check-content'], { LVLIN_CONTENT: folder, LVLIN_LOCALE: 'en' });
    expect(ran.err).toMatch(/data\/waste-guide\.csv line \d+, column class: /);
  });
});

describe('what the bot says and knows', () => {
  it('is all right', async () => {
    const ran = await runLvlin(['check-content'], {});
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
  });
});

describe('understand', () => {
  it('names a word table that cannot be used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lvlin-words-'));
    cpSync('data', join(folder, 'data'), { recursive: true });
    appendFileSync(join(folder, 'data/language/homophones.csv'), '长短,不\n');
    const ran = await runLvlin(['understand'], { LVLIN_CONTENT: folder }, '');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('data/language/homophones.csv');
    rmSync(folder, { recursive: true });
  });
});
