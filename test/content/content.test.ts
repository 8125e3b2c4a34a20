import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Content, ContentInput } from '../../src/content/content.ts';
import { loadContent } from '../../src/content/content.ts';
import { categoryNamed, nameOfCategory } from '../../src/content/habit-categories.ts';
import { type ContentReload, type ReloadResult, watchContent } from '../../src/content/reload.ts';
import { sourceOfTip, sourcesOf, sourcesOfHabit } from '../../src/content/source-line.ts';
import type { ContentFault } from '../../src/model/content-fault.ts';
import { HABIT_CATEGORIES } from '../../src/model/habit.ts';
import { DATA_FOLDER, loadRealContent, writeFolder } from './real-content.ts';

let real: Content;
beforeAll(async () => {
  real = await loadRealContent();
});

describe('the content that ships', () => {
  test('holds 40 habits of 11 categories, 310 things to throw away, 35 days and at least 120 tips', () => {
    expect(real.habits).toHaveLength(40);
    expect(new Set(real.habits.map((habit) => habit.category))).toEqual(new Set(HABIT_CATEGORIES));
    expect(real.wasteGuide.items).toHaveLength(310);
    expect(real.calendar).toHaveLength(35);
    expect(real.tips.length).toBeGreaterThanOrEqual(120);
  });

  test('has tips for every category and every day of the calendar', () => {
    expect(new Set(real.tips.map((tip) => tip.category))).toEqual(new Set(HABIT_CATEGORIES));
    const covered = new Set(real.tips.map((tip) => tip.eventId));
    expect(real.calendar.filter((event) => !covered.has(event.id)).map((event) => event.id)).toEqual([]);
  });

  test('shows no figure for the 25 habits that have no sound one', () => {
    expect(real.habits.filter((habit) => habit.saving === null)).toHaveLength(25);
  });

  test('names the categories as people do, and back', () => {
    expect(categoryNamed(real.habitCategories, '节电')).toBe('save-power');
    expect(categoryNamed(real.habitCategories, '节能')).toBeUndefined();
    for (const id of HABIT_CATEGORIES) {
      expect(categoryNamed(real.habitCategories, nameOfCategory(real.habitCategories, id))).toBe(id);
    }
  });

  test('can say where each tip, figure and waste class comes from, with the warning that goes with it', () => {
    for (const tip of real.tips) expect(sourceOfTip(tip).name).not.toBe('');
    const led = real.habits.find((habit) => habit.id === 'ac-26');
    if (led === undefined) throw new Error('no ac-26');
    expect(sourcesOfHabit(led, real.sources)[0]).toMatchObject({ name: expect.stringContaining('全民节能减排手册') });
    expect(sourcesOfHabit(led, real.sources)[0]?.warning).toBeDefined();
    for (const item of real.wasteGuide.items) expect(sourcesOf(item.sources, real.sources)).toHaveLength(2);
  });
});

describe('loading', () => {
  let input: ContentInput & { readonly overrideFile: string };
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lvlin-content-'));
    await cp(DATA_FOLDER, join(folder, 'data'), { recursive: true });
    const prompts = { 'zh-CN/a.md': '## a.hello\n你好，{name}\n', 'en/a.md': '', 'llm/intent.md': '\n只答 JSON。\n' };
    input = {
      dataFolder: join(folder, 'data'),
      promptsFolder: await writeFolder(prompts),
      overrideFile: join(folder, 'waste-override.csv'),
      catalogue: { 'a.hello': ['name'] },
    };
  });

  const dataFile = (name: string) => join(input.dataFolder, name);
  const edit = async (path: string, change: (text: string) => string) => {
    await writeFile(path, change(await readFile(path, 'utf8')));
  };

  test('gives texts, instructions to a model and the rows of the language tables', async () => {
    await edit(dataFile('habits.csv'), (text) => text);
    const tables = await writeFolder({ 'names.csv': '\uFEFFword,kind\r\n王,surname\r\n' });
    await cp(tables, dataFile('language'), { recursive: true });
    const result = await loadContent(input);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    expect(result.content.texts.render('zh-CN', 'a.hello', { name: '王' }, '')).toBe('你好，王');
    expect(result.content.instructions.get('intent')).toBe('只答 JSON。');
    expect(result.content.languageTables.names).toEqual([{ word: '王', kind: 'surname' }]);
    expect(result.warnings).toMatchObject([{ code: 'text-missing', detail: { locale: 'en' } }]);
  });

  test('lets the community’s own table win', async () => {
    const [heading] = (await readFile(dataFile('waste-guide.csv'), 'utf8')).split('\r\n');
    await writeFile(input.overrideFile, `${heading}\r\no1,牛奶盒,,其他垃圾,本小区不收,,,,sure,own,2026-11-20\r\n`);
    const result = await loadContent(input);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    expect(result.content.wasteGuide.find('利乐包')).toMatchObject({ found: { id: 'o1', class: 'other' } });
  });

  test('reads a table that Excel saved in GBK', async () => {
    const gbk = Uint8Array.from([
      ...Buffer.from('id,name,full_name,grid\nx,'),
      0xd0,
      0xc2,
      0xbd,
      0xae,
      ...Buffer.from(',x,\n'),
    ]);
    await writeFile(dataFile('regions.csv'), gbk);
    const result = await loadContent(input);
    const words = result.ok ? [] : result.faults.map(({ detail }) => detail.value);
    expect(words).not.toContain('新疆');
    expect(words).toContain('山西');
  });

  test('says all that is wrong in all files at once, causes only', async () => {
    await rm(dataFile('sources.csv'));
    await edit(dataFile('waste-guide.csv'), (text) =>
      text.replace('w001,报纸,旧报纸、过期报纸,可回收物', 'w001,报纸,,湿'),
    );
    await edit(dataFile('habits.csv'), (text) => text.replace('ac-26,save-power', 'ac-26,power'));
    await edit(join(input.promptsFolder, 'zh-CN/a.md'), (text) => text.replace('{name}', '{nom}'));
    const result = await loadContent(input);
    const places = result.ok ? [] : result.faults.map(({ file, line, column, code }) => [file, line, column, code]);
    expect(places.toSorted()).toEqual([
      ['data/habits.csv', 2, 'category', 'not-one-of'],
      ['data/sources.csv', undefined, undefined, 'file-missing'],
      ['data/waste-guide.csv', 2, 'class', 'not-one-of'],
      ['prompts/zh-CN/a.md', 1, undefined, 'variable-missing'],
      ['prompts/zh-CN/a.md', 1, undefined, 'variable-unknown'],
    ]);
  });

  test('says so where a whole folder is missing', async () => {
    const nowhere = join(input.dataFolder, 'nowhere');
    const result = await loadContent({ ...input, dataFolder: nowhere });
    expect(result).toMatchObject({
      ok: false,
      faults: [{ file: 'data', code: 'file-missing', detail: { folder: nowhere } }],
    });
  });

  test('does not take over what those who use it cannot use', async () => {
    const file = 'data/language/signals.csv';
    let faults: readonly ContentFault[] = [];
    const watched = await watchContent({ ...input, alsoCheck: () => faults });
    if (!watched.ok) throw new Error(JSON.stringify(watched.faults));
    faults = [{ file, line: 9, code: 'words-unusable', detail: {} }];
    await writeFile(join(input.promptsFolder, 'zh-CN/a.md'), '## a.hello\n您好，{name}\n');
    expect(await lookTwice(watched.reload)).toEqual({ changed: false, faults });
    expect(watched.reload.faults()).toEqual(faults);
    expect(watched.reload.current().texts.render('zh-CN', 'a.hello', { name: '王' }, '')).toBe('你好，王');
  });

  test('takes over an edit while running, keeps the last good set on a broken one, and heals', async () => {
    const watched = await watchContent(input);
    if (!watched.ok) throw new Error(JSON.stringify(watched.faults));
    const { current, reloadIfChanged } = watched.reload;
    const hello = () => current().texts.render('zh-CN', 'a.hello', { name: '王' }, '');
    const textFile = join(input.promptsFolder, 'zh-CN/a.md');
    expect(await reloadIfChanged()).toEqual({ changed: false, faults: [] });

    await writeFile(textFile, '## a.hello\n您好，{name}\n');
    expect(await lookTwice(watched.reload)).toEqual({ changed: true, faults: [] });
    expect(hello()).toBe('您好，王');

    await writeFile(textFile, '## a.hello\n您好\n');
    const broken = await lookTwice(watched.reload);
    expect(broken).toMatchObject({ changed: false, faults: [{ line: 1, code: 'variable-missing' }] });
    expect(await reloadIfChanged()).toEqual(broken);
    expect(hello()).toBe('您好，王');

    await writeFile(textFile, '## a.hello\n{name}，您好呀\n');
    expect((await lookTwice(watched.reload)).faults).toEqual([]);
    expect(hello()).toBe('王，您好呀');
  });

  test('waits until a file is saved to its end, however long that takes', async () => {
    const watched = await watchContent(input);
    if (!watched.ok) throw new Error(JSON.stringify(watched.faults));
    const { current, reloadIfChanged } = watched.reload;
    const file = dataFile('waste-guide.csv');
    const whole = await readFile(file, 'utf8');
    const items = current().wasteGuide.items.length;
    // Every look finds a little more of it, each a table that could be read.
    for (const part of [0.3, 0.6, 0.9]) {
      await writeFile(file, whole.slice(0, whole.indexOf('\n', whole.length * part)));
      expect(await reloadIfChanged()).toEqual({ changed: false, faults: [] });
      expect(current().wasteGuide.items).toHaveLength(items);
    }
    await writeFile(file, whole.replace('旧报纸、', '旧报纸、包菜的报纸、'));
    expect(await lookTwice(watched.reload)).toEqual({ changed: true, faults: [] });
    expect(current().wasteGuide.find('包菜的报纸')).toMatchObject({ found: { id: 'w001' }, exact: true });
  });

  test('reads a file again that was locked, though nothing about it changed', async () => {
    const watched = await watchContent(input);
    if (!watched.ok) throw new Error(JSON.stringify(watched.faults));
    const file = dataFile('language/words.csv');
    // A folder in place of a file cannot be read, whoever tries.
    await mkdir(file, { recursive: true });
    expect((await lookTwice(watched.reload)).faults).toMatchObject([{ code: 'file-unreadable' }]);
    expect((await watched.reload.reloadIfChanged()).faults).toMatchObject([{ code: 'file-unreadable' }]);
    await rm(file, { recursive: true });
    expect(await lookTwice(watched.reload)).toEqual({ changed: true, faults: [] });
  });
});

/** The first look sees that something changed, the second that it is done. */
async function lookTwice({ reloadIfChanged }: ContentReload): Promise<ReloadResult> {
  await reloadIfChanged();
  return reloadIfChanged();
}
