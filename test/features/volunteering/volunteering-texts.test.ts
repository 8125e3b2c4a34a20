/** The texts of volunteering are all written, in both languages, and short enough for where they are said. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTexts } from '../../../src/content/text-check.ts';
import { parseTextFile } from '../../../src/content/text-file.ts';
import { createTexts } from '../../../src/content/texts.ts';
import { VOLUNTEERING_TEXTS } from '../../../src/features/volunteering/volunteering-texts.ts';
import { graphemeLength } from '../../../src/lib/text.ts';

// The longest title, the day at its longest, three-figure numbers.
const LONG = {
  title: '长'.repeat(24),
  day: '明天 11月21日周六',
  time: '09:00–11:00',
  place: '南门小广场东侧',
  party: 10,
  position: 100,
  left: 10,
  most: 100,
  until: '明天 11月21日周六 10:30',
  name: '王秀英',
  count: 8,
};
const GROUP = ['shift.joined-group', 'shift.already-group', 'shift.waiting-group', 'shift.cancelled-group'];

describe.each(['zh-CN', 'en'])('in %s', (locale) => {
  const said = saidIn(locale);

  test('every text is written with its variables and none is unknown', () => {
    const findings = checkTexts(locale, writtenIn(locale), VOLUNTEERING_TEXTS);
    expect([...findings.faults, ...findings.warnings]).toEqual([]);
  });

  test('no text is longer than six lines', () => {
    for (const key of Object.keys(VOLUNTEERING_TEXTS)) expect(said(key).split('\n').length, key).toBeLessThanOrEqual(6);
  });
});

test('what is said in a group has sixty characters at most, whatever the title', () => {
  const said = saidIn('zh-CN');
  for (const key of GROUP) expect(graphemeLength(said(key)), said(key)).toBeLessThanOrEqual(60);
});

function writtenIn(locale: string) {
  const file = `prompts/${locale}/volunteering.md`;
  return parseTextFile(file, readFileSync(file, 'utf8'), []);
}

function saidIn(locale: string): (key: string) => string {
  const texts = createTexts(new Map([['zh-CN', writtenIn(locale)]]));
  return (key) => texts.render('zh-CN', key, LONG, '');
}
