/** `exam` tells how well the bot understands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLvlin } from './run-lvlin.ts';

const CASE = { chat: 'direct', mentioned: false, at: '2026-11-18T20:15:00+08:00', open: null };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lvlin-exam-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
}

const STOP = { ...CASE, text: '别再给我发了' };
const RIGHT = JSON.stringify({ ...STOP, id: 'right', expect: { intent: 'messages.stop', slots: {} } });
const WRONG = JSON.stringify({ ...STOP, id: 'wrong', expect: { intent: 'help', slots: {} } });

it('scores what was right in one table and names what was not', async () => {
  const ran = await runLvlin(['exam', fileOf('cases.jsonl', [RIGHT, WRONG, ''])], {});
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toContain('50.0%');
  expect(ran.out).toMatch(/^messages\.stop +1 +1 +1 +66\.7% +100\.0%$/m);
  expect(ran.out).toContain('wrong  help -> messages.stop\n    别再给我发了');
});

it('names the lines it cannot read and scores the others', async () => {
  const typo = { ...STOP, id: 'typo', expect: { intent: 'waste.ask', slots: { itme: '骨头' } } };
  const lines = [RIGHT, '{"id":', '', JSON.stringify(typo), JSON.stringify({ text: '别发了', at: 'monday' })];
  const file = fileOf('faulty.jsonl', lines);
  const ran = await runLvlin(['exam', file, '--json'], { LVLIN_LOCALE: 'en' });
  expect(ran.code).toBe(3);
  expect(ran.err).toContain(`${file} line 2`);
  expect(ran.err).toContain(`${file} line 4`);
  expect(ran.err).toContain('expect.slots.itme');
  expect(JSON.parse(ran.out)).toMatchObject({
    cases: 1,
    intentAccuracy: 1,
    intents: [{ intent: 'messages.stop', cases: 1 }],
    faultyLines: [
      { line: 2, fields: [] },
      { line: 4, fields: ['expect.slots.itme'] },
      { line: 5, fields: ['at', 'expect'] },
    ],
  });
});

it('refuses a file that is none of this kind', async () => {
  const file = fileOf('other.jsonl', ['{"text": "x"}']);
  const ran = await runLvlin(['exam', file], {});
  expect(ran.code).toBe(1);
  expect(ran.err).toContain(file);
});
