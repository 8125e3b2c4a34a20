/** The commands themselves: what is not understood, and what is asked about them. */
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/commands/progress-line.ts';
import { runLvlin } from './run-lvlin.ts';

describe('the command line', () => {
  it.each([[[]], [['helo']], [['doctor', '--jason']], [['restore']], [['backup', 'one', 'two']]])(
    'ends with 2 where it is not understood: %j',
    async (args) => {
      const ran = await runLvlin(args, {});
      expect(ran.code).toBe(2);
      expect(ran.out + ran.err).not.toMatch(/error:|at file:/);
      expect(ran.err).not.toBe('');
    },
  );

  it('explains itself in Chinese', async () => {
    const ran = await runLvlin(['help'], {});
    expect(ran.code).toBe(0);
    for (const command of ['start', 'doctor', 'backup', 'restore', 'understand']) expect(ran.out).toContain(command);
    expect(ran.out).not.toMatch(/Usage|Options|display help/);
  });

  it('says what is missing, with an example', async () => {
    const ran = await runLvlin(['export', '/tmp/x'], {});
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('npm run -s lvlin -- export exports --as admin');
  });

  it('names every setting that is wrong before anything is done', async () => {
    const ran = await runLvlin(['start'], { PORT: 'abc', LVLIN_HOEM: '/nowhere', LVLIN_PLAN: '..' });
    expect(ran.code).toBe(1);
    for (const words of ['PORT=8080', 'LVLIN_HOME', 'LVLIN_PLAN']) expect(ran.err).toContain(words);
  });
});

describe('progress', () => {
  function shownOf(isTTY: boolean): { shown: string[]; pass: (ms: number) => void } {
    const shown: string[] = [];
    let now = 0;
    const progress = createProgress({
      to: { isTTY, write: (text) => shown.push(text) },
      speak: ({ variables }) => `${variables.percent}%`,
      steadyNow: () => now,
    });
    const pass = (ms: number) => {
      now += ms;
      progress.at(now, 10_000);
    };
    return { shown, pass };
  }

  it('is silent for the first second', () => {
    const { shown, pass } = shownOf(true);
    pass(500);
    pass(400);
    expect(shown).toEqual([]);
  });

  it('moves in one line of a window', () => {
    const { shown, pass } = shownOf(true);
    for (let step = 0; step < 20; step += 1) pass(100);
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
  });

  it('is a line every few seconds in a log', () => {
    const { shown, pass } = shownOf(false);
    for (let step = 0; step < 100; step += 1) pass(100);
    expect(shown).toEqual(['10%\n', '60%\n']);
  });
});
