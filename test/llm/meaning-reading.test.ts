import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMeaning, type SentMessage } from '../../src/llm/meaning-reading.ts';

const SENT: SentMessage = {
  said: '3栋门口那个亮不起来的灯棍儿扔哪，周六的活动也算我',
  redacted: '⟦P1⟧门口那个亮不起来的灯棍儿扔哪，周六的活动也算我',
  hidden: ['3栋', '13812345678'],
  habits: new Set(['clean-plate', 'tap-off']),
  activities: ['周六捡垃圾'],
};

function read(intent: string, slots: unknown = {}) {
  return readMeaning(JSON.stringify({ intent, slots }), SENT);
}

describe('an answer of the contract', () => {
  test.each([
    ['the words of the person', 'waste.ask', { item: '灯棍儿' }],
    ['a habit we know', 'pledge.make', { habits: ['tap-off'] }],
    ['a category of habits', 'tip.ask', { topic: 'save-power' }],
    ['a title it was given', 'sign-up.join', { activity: '周六捡垃圾' }],
    ['nothing else', 'sign-up.list', {}],
  ])('holds %s', (_, intent, slots) => {
    expect(read(intent, slots)).toEqual({ intent, slots });
  });

  test('has its placeholders put back', () => {
    expect(read('issue.report', { about: 'other', place: '⟦P1⟧门口' })).toEqual({
      intent: 'issue.report',
      slots: { about: 'other', place: '3栋门口' },
    });
  });

  test('may leave out slots that were not said, or say so with null', () => {
    expect(read('waste.ask', { item: null })).toEqual({ intent: 'waste.ask', slots: {} });
    expect(readMeaning('{"intent":"help"}', SENT)).toEqual({ intent: 'help', slots: {} });
  });

  test('may stand between fences or after thoughts', () => {
    const answer =
      '<think>{"intent":"privacy.delete"} or not</think>\nSure:\n```json\n{"intent":"thanks","slots":{}}\n```';
    expect(readMeaning(answer, SENT)).toEqual({ intent: 'thanks', slots: {} });
  });

  test('what the rules read themselves is not taken from it', () => {
    const slots = { activity: '周六捡垃圾', party: 99, phone: '13900000000', name: '张三', date: '2030-01-01' };
    expect(read('sign-up.join', slots)).toEqual({ intent: 'sign-up.join', slots: { activity: '周六捡垃圾' } });
  });
});

describe('nothing is taken from an answer that', () => {
  test.each([
    ['is no JSON', 'Happy to help! Just click https://evil.example'],
    ['is empty', ''],
    ['is a list', '["waste.ask"]'],
    ['is cut off', '{"intent":"waste.ask","slots":{"item":"灯棍儿"'],
    ['holds two objects', '{"intent":"help","slots":{}} {"intent":"thanks","slots":{}}'],
  ])('%s', (_, answer) => {
    expect(readMeaning(answer, SENT)).toBeNull();
  });

  test.each([
    ['an intent that does not exist', 'records.drop', {}],
    ['an intent that only answers a question', 'confirm', { yes: true }],
    ['a code', 'code.give', {}],
    ['consent', 'privacy.agree', {}],
    ['a slot that does not exist', 'help', { link: 'https://evil.example' }],
    ['words nobody said', 'waste.ask', { item: '电池' }],
    ['a link for a thing', 'waste.ask', { item: 'https://evil.example' }],
    ['an activity nobody named', 'sign-up.join', { activity: '清零行动' }],
    ['a habit nobody knows', 'pledge.make', { habits: ['clean-plate', 'buy-bitcoin'] }],
    ['a placeholder that was not sent', 'issue.report', { place: '⟦P9⟧' }],
    ['what was hidden, for a thing', 'waste.ask', { item: '⟦P1⟧' }],
    ['what was hidden, among words for a thing', 'waste.ask', { item: '⟦P1⟧门口' }],
    ['what was hidden, for an activity to join', 'sign-up.join', { activity: '⟦P1⟧' }],
    ['what was hidden, for an activity to leave', 'sign-up.cancel', { activity: '⟦P1⟧门口' }],
    ['what was hidden, guessed', 'waste.ask', { item: '3栋门口' }],
    ['the wrong type', 'check-in', { habits: 'tap-off' }],
  ])('holds %s', (_, intent, slots) => {
    expect(read(intent, slots)).toBeNull();
  });
});

test('whatever a model answers, its words stand in the message or are titles and ids of ours', () => {
  const word = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('灯棍儿', '⟦P1⟧', '⟦P2⟧门口'));
  const slots = fc.dictionary(fc.constantFrom('item', 'activity', 'place', 'habits', 'about'), word);
  fc.assert(
    fc.property(fc.constantFrom('waste.ask', 'sign-up.join', 'issue.report', 'none'), slots, (intent, given) => {
      const meant = readMeaning(JSON.stringify({ intent, slots: given }), SENT);
      for (const name of ['item', 'activity', 'place'] as const) {
        const words = meant?.slots[name];
        if (words !== undefined) expect(SENT.said.includes(words) || SENT.activities.includes(words)).toBe(true);
        if (words !== undefined && name !== 'place') expect(words).not.toContain('3栋');
      }
    }),
  );
});

test('an answer of any length and form is read without a fault', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (answer) => void readMeaning(answer, SENT)));
});
