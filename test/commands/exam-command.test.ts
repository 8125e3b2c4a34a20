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

it('scores what was right and names what was not', async () => {
  const cases = [
    { ...CASE, id: 'right', text: '别再给我发了', expect: { intent: 'messages.stop', slots: {} } },
    { ...CASE, id: 'wrong', text: '别再给我发了', expect: { intent: 'help', slots: {} } },
  ];
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const ran = await runLvlin(['exam', file], {});
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('50.0%');
  expect(ran.out).toContain('wrong  help → messages.stop');
});

it('refuses a file that is none of this kind', async () => {
  const file = join(folder, 'other.jsonl');
  writeFileSync(file, '{"text": "x"}\n');
  const ran = await runLvlin(['exam', file], {});
  expect(ran.code).toBe(1);
  expect(ran.err).toContain(file);
});
