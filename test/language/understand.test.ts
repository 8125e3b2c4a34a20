import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scoreExam } from '../../src/language/exam.ts';
import { explain, understand } from '../../src/language/understand.ts';
import { Understood, Utterance } from '../../src/model/understanding.ts';
import { testVocabulary } from './language-tables.ts';

const vocabulary = testVocabulary();
const Case = Utterance.extend({ id: z.string(), expect: Understood });
// cases.jsonl, and beside it by theme: regions (north and south, by people who never saw the tables), ways of speaking,
// turns (a change of mind, what is told of a thing, who comes along), homes (pledges, answers, what is kept of a family).
const folder = fileURLToPath(new URL('.', import.meta.url));
const cases = readdirSync(folder)
  .filter((file) => file.startsWith('cases') && file.endsWith('.jsonl'))
  .flatMap((file) =>
    readFileSync(folder + file, 'utf8')
      .trim()
      .split('\n'),
  )
  .map((line) => Case.parse(JSON.parse(line)));

const AT = '2026-11-18T20:15:00+08:00';

function say(text: string, more: Partial<Utterance> = {}): Understood {
  return understand({ text, chat: 'direct', mentioned: false, at: AT, open: null, ...more }, vocabulary);
}

describe('understanding', () => {
  it('means what residents mean in at least 97 of 100 sentences, and their slots too', () => {
    const result = scoreExam(
      cases.map((item) => ({ id: item.id, text: item.text, expect: item.expect, got: understand(item, vocabulary) })),
    );
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(2_000);
    expect(
      result.worst
        .filter((mistake) => mistake.expected !== mistake.got)
        .map(({ id }) => id)
        .join(),
    ).toBe('');
    expect(result.intentAccuracy).toBeGreaterThanOrEqual(0.97);
    expect(result.slotF1).toBeGreaterThanOrEqual(0.97);
    expect(result.falseWakes).toBeLessThanOrEqual(0.02);
  });

  it('reads a whole pledge in one sentence', () => {
    expect(say('我家承诺节水和光盘，3栋2单元501，四口人')).toEqual({
      intent: 'pledge.make',
      slots: {
        habits: ['clean-plate'],
        topics: ['节水'],
        household: { building: '3', unit: '2', room: '501' },
        people: 4,
      },
    });
  });

  it('is silent in a group unless the sentence is unmistakable', () => {
    for (const text of [
      '收到',
      '谢谢',
      '+1',
      '同意',
      '打卡',
      '承诺是不是强制的',
      '楼上吵死了',
      '1、张三 2、李四',
      '@王姐 我家承诺光盘了没',
    ]) {
      expect(say(text, { chat: 'group' }).intent, text).toBe('none');
    }
    expect(say('我家承诺光盘', { chat: 'group' }).intent).toBe('pledge.make');
    expect(say('大骨头扔哪个桶', { chat: 'group' }).intent).toBe('waste.ask');
  });

  it('takes a sign-up from a group only where the activity is open', () => {
    const text = '周六植树算我一个';
    expect(say(text, { chat: 'group', activities: ['南门义务植树'] }).slots).toEqual({
      activity: '南门义务植树',
      party: 1,
      date: '2026-11-21',
    });
    expect(say(text, { chat: 'group', activities: ['湿地公园观鸟'] }).intent).toBe('none');
  });

  it('answers the open question first, unless something else is plainly asked', () => {
    const open = { kind: 'choose-habits' as const, options: ['tap-off', 'sort', 'led'] };
    expect(say('1 3', { open }).slots).toEqual({ habits: ['tap-off', 'led'] });
    expect(say('大骨头扔哪个桶', { open }).intent).toBe('waste.ask');
  });

  it('takes nothing but a clear yes for a yes', () => {
    for (const kind of ['confirm', 'consent'] as const) {
      for (const text of ['我是租房的', '没问题吧', '是不是要交钱', '我再想想', '可以退吧', '我是新搬来的']) {
        const { intent, slots } = say(text, { open: { kind } });
        expect(intent === 'privacy.agree' || intent === 'privacy.refuse' || slots.yes !== undefined, text).toBe(false);
      }
    }
  });

  it('finds a shift by its day or its hour where that tells the shifts apart', () => {
    const shift = (options: string[]) => ({ open: { kind: 'choose-shift' as const, options } });
    const twoHours = shift(['捡垃圾 11月21日（周六）09:00', '捡垃圾 11月21日（周六）14:00']);
    expect(say('下午的', twoHours).slots).toEqual({ numbers: [2] });
    expect(say('两点那场', twoHours).slots).toEqual({ numbers: [2] });
    expect(say('周六的', twoHours).intent).toBe('none');
    expect(say('下午没空', twoHours).intent).not.toBe('choice');
    const twoDays = shift(['捡垃圾 11月21日（周六）09:00', '植树 11月22日（周日）09:00']);
    expect(say('周日', twoDays).slots).toEqual({ numbers: [2] });
    expect(say('上午', twoDays).intent).toBe('none');
  });

  it('explains itself with reasons that add up to its scores', () => {
    const explained = explain(
      { text: '我家承诺光盘', chat: 'direct', mentioned: false, at: AT, open: null },
      vocabulary,
    );
    const [first] = explained.candidates;
    expect(first?.intent).toBe('pledge.make');
    expect(first?.evidence.reduce((sum, reason) => sum + reason.weight, 0)).toBe(first?.score);
  });
});
