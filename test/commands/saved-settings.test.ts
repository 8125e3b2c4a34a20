/** The settings made in the browser, as a process meets them: half-written, wrong, and overruled. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLvlin } from './run-lvlin.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lvlin-saved-'));
  file = join(home, 'settings.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (args: string[], settings = {}) => runLvlin(args, { LVLIN_HOME: home, ...settings });

describe('a half-written settings file', () => {
  it('refuses a start where there is no good one, says which, and leaves it as it is', async () => {
    writeFileSync(file, '{ "port": 80');
    const ran = await run(['start']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain(`文件不完整，读不了：${file}`);
    expect(ran.err).not.toContain('    at ');
    expect(readFileSync(file, 'utf8')).toBe('{ "port": 80');
    expect(readdirSync(home)).toEqual(['settings.json']);
  });

  it('gives way to the last good one, which holds, and is kept', async () => {
    writeFileSync(file, '{ "port": 80');
    writeFileSync(`${file}.bak`, '{ "port": 18799 }');
    const ran = await run(['doctor']);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain(`已经换回上一份好的：${file}`);
    expect(ran.out).toContain('18799 端口空着');
    const kept = readdirSync(home).filter((name) => name.startsWith('settings.json.broken-'));
    expect(kept).toHaveLength(1);
    expect(readFileSync(join(home, kept[0] ?? ''), 'utf8')).toBe('{ "port": 80');
    expect((await run(['doctor'])).err).toBe('');
  });

  it('is told together with a faulty variable', async () => {
    writeFileSync(file, 'port: 80');
    const ran = await run(['start'], { HOST: '有空格 的' });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(file);
    expect(ran.err).toContain('HOST 写得不对');
  });
});

describe('a settings file that a person has written', () => {
  it('refuses a start with every value that cannot be read, and with what was meant', async () => {
    writeFileSync(file, '{ "port": "eighty", "prot": 80, "publicUrl": "lvlin" }');
    const ran = await run(['start']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain(`${file} 里的“port”写得不对，应该像这样："port": "8080"`);
    expect(ran.err).toContain(`${file} 里没有“prot”这一项，是不是想写“port”？`);
    expect(ran.err).toContain('"publicUrl": "https://lvlin.example.org"');
    expect(existsSync(join(home, 'lvlin.sqlite'))).toBe(false);
  });

  it('that is no list of settings is refused by its name', async () => {
    writeFileSync(file, '[1, 2]');
    expect((await run(['start'])).err).toContain(`设置里有一处看不懂：${file}`);
  });

  it('may have been saved by a Chinese Notepad', async () => {
    writeFileSync(file, '\ufeff{\r\n  "port": 18798\r\n}\r\n');
    expect((await run(['doctor'])).out).toContain('18798 端口空着');
  });

  it('gives way to the environment, and the check-up says which of them holds', async () => {
    writeFileSync(file, '{ "port": 18798, "timeZone": "Asia/Urumqi", "host": "" }');
    const { out } = await run(['doctor'], { PORT: '18797' });
    expect(out).toContain('18797 端口空着');
    expect(out).toContain('PORT 是 18797，写在环境变量里。');
    expect(out).toContain(`LVLIN_TIME_ZONE 是 Asia/Urumqi，写在网页上的设置（${file}）里。`);
    expect(out).toMatch(/没有设、照平常的：.*HOST/);
  });
});

describe("a community's own waste table", () => {
  const heading = readFileSync('data/waste-guide.csv', 'utf8').split(/\r?\n/, 1)[0] ?? '';

  it('is checked with the rest: a broken row is refused with file, line and column', async () => {
    writeFileSync(join(home, 'waste-override.csv'), `${heading}\no1,牛奶盒,,湿,,,,,sure,own,2026-11-20\n`);
    for (const command of ['check-content', 'start']) {
      const ran = await run([command], { PORT: '18796' });
      expect(ran.code).toBe(1);
      expect(ran.err).toContain('waste-override.csv 第 2 行，class 这一列：“湿”');
    }
    expect(existsSync(join(home, 'lvlin.sqlite'))).toBe(false);
  });
});
