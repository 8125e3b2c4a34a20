import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReloadResult } from '../../src/content/reload.ts';
import { keepContentFresh } from '../../src/joints/fresh-content.ts';
import { createLog } from '../../src/lib/log.ts';
import { shippedContent } from '../support/shipped-content.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an edit that cannot even be read is said once, ends nothing, and the next look goes on', async () => {
  const content = await shippedContent();
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(JSON.parse(line).msg) });
  let broken = true;
  const reloadIfChanged = async (): Promise<ReloadResult> => {
    if (broken) throw new ReferenceError('Unresolved alias');
    return { changed: true, faults: [] };
  };
  const leave = keepContentFresh({ current: () => content, faults: () => [], reloadIfChanged }, log);
  await vi.advanceTimersByTimeAsync(16_000);
  broken = false;
  await vi.advanceTimersByTimeAsync(2_000);
  leave();
  expect(lines).toEqual(['edited texts or tables could not be read', 'texts and tables were read again']);
});

test('a broken edit is said once with its file and line, and again when it breaks in another place', async () => {
  const content = await shippedContent();
  const lines: unknown[] = [];
  const log = createLog('info', { write: (line) => lines.push(JSON.parse(line).places) });
  const brokenAt = (line: number): ReloadResult => ({
    changed: false,
    faults: [{ file: 'prompts/zh-CN/tips.md', line, code: 'text-empty', detail: { key: 'tip.post' } }],
  });
  let found = brokenAt(7);
  const leave = keepContentFresh(
    { current: () => content, faults: () => found.faults, reloadIfChanged: async () => found },
    log,
  );
  await vi.advanceTimersByTimeAsync(16_000);
  found = brokenAt(9);
  await vi.advanceTimersByTimeAsync(11_000);
  leave();
  expect(lines).toEqual([['prompts/zh-CN/tips.md:7:text-empty'], ['prompts/zh-CN/tips.md:9:text-empty']]);
});
