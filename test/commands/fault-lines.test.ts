/** Every known fault has a sentence in every language, and what it is about stands in it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Speak } from '../../src/commands/command.ts';
import { loadSpeech } from '../../src/commands/command-speech.ts';
import { contentLines } from '../../src/commands/content-lines.ts';
import { faultLine } from '../../src/commands/fault-lines.ts';
import { readSpokenIn } from '../../src/config.ts';
import { CONTENT_FAULT_CODES, type ContentFault } from '../../src/model/content-fault.ts';
import { ERROR_CODES, LvlinError } from '../../src/model/errors.ts';

describe.each(['zh-CN', 'en'])('in %s', (locale) => {
  let speak: Speak;
  beforeAll(async () => {
    speak = await loadSpeech(readSpokenIn({ environment: { LVLIN_LOCALE: locale } }));
  });

  it.each(ERROR_CODES)('the fault %s is told in words', (code) => {
    const line = faultLine(new LvlinError(code, { file: '/srv/a-file', port: 8080, pid: 4711 }), speak);
    expect(line).not.toContain(code === 'disk-full' ? 'fault.' : code);
    expect(line.length).toBeGreaterThan(15);
  });

  it.each(CONTENT_FAULT_CODES)('the fault %s of a table or text is told in words', (code) => {
    const fault: ContentFault = { file: 'data/tips.csv', line: 7, column: 'title', code, detail: {} };
    const [line] = contentLines([fault], speak);
    expect(line).toContain('data/tips.csv');
    expect(line).not.toContain('content-fault.');
    expect(line).not.toMatch(/\{\w+\}/);
  });
});

describe('a fault', () => {
  it('names the file it is about', async () => {
    const speak = await loadSpeech(readSpokenIn({}));
    expect(faultLine(new LvlinError('disk-full', { file: '/srv/lvlin.sqlite' }), speak)).toContain('/srv/lvlin.sqlite');
    expect(faultLine(new LvlinError('port-taken', { port: 8787 }), speak)).toContain('8787');
  });

  it('that nobody knows is told calmly, without its own words', async () => {
    const speak = await loadSpeech(readSpokenIn({}));
    const error = Object.assign(new Error('password=hunter2 at 0x42'), { code: 'EWEIRD' });
    expect(faultLine(error, speak)).toContain('EWEIRD');
    expect(faultLine(error, speak)).not.toContain('hunter2');
  });
});

describe('the voice of the command line', () => {
  it('speaks the words it came with where the folder of texts holds none', async () => {
    const speak = await loadSpeech({ ...readSpokenIn({}), promptsFolder: '/nowhere' });
    expect(speak({ key: 'backup.nothing', variables: {} })).not.toContain('backup.nothing');
  });

  it('gives the bare facts where there are no words at all', async () => {
    const speak = await loadSpeech({ locale: 'zh-CN', promptsFolder: '/nowhere', shippedPrompts: '/nowhere' });
    expect(speak({ key: 'fault.port-taken', variables: { port: 8787 } })).toBe('fault.port-taken port=8787');
  });

  it('names the texts that a language lacks in one line', async () => {
    const speak = await loadSpeech(readSpokenIn({}));
    const missing = (key: string): ContentFault => ({ file: 'prompts/en', code: 'text-missing', detail: { key } });
    expect(contentLines([missing('a.b'), missing('a.c')], speak)).toEqual([expect.stringContaining('a.b a.c')]);
  });
});
