/** Words that a community has taught, beside those of the tables. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/language/understand.ts';
import type { TaughtWord } from '../../src/model/own-word.ts';
import { testVocabulary } from './language-tables.ts';

const vocabulary = testVocabulary();

function read(text: string, words: readonly TaughtWord[], chat: 'direct' | 'group' = 'direct') {
  const at = '2026-11-18T20:15:00+08:00';
  return explain({ text, chat, mentioned: false, at, open: null, words: [...words] }, vocabulary);
}

const THING = { kind: 'waste', heard: '软筒子', meaning: 'w001' } as const;
const HABIT = { kind: 'habit', heard: '碗底不剩米', meaning: 'clean-plate' } as const;

describe('a taught word', () => {
  it('is a thing to ask about, with other words around it or alone', () => {
    expect(read('我家那个软筒子往哪儿扔', [THING])).toMatchObject({ intent: 'waste.ask', slots: { item: '软筒子' } });
    expect(read('软筒子', [THING])).toMatchObject({ intent: 'waste.ask', slots: { item: '软筒子' } });
    expect(read('软筒子', []).intent).toBe('none');
  });

  it('is a habit beside those of the tables, in the order of the text', () => {
    const { intent, slots } = read('我家承诺随手关灯、碗底不剩米、节水', [HABIT]);
    expect(intent).toBe('pledge.make');
    expect(slots).toMatchObject({ habits: ['lights-off', 'clean-plate'], topics: ['节水'] });
  });

  it('wakes nobody in a group by standing in what neighbours say to each other', () => {
    expect(read('谁家的软筒子掉楼下了', [THING], 'group').intent).toBe('none');
    expect(read('今天碗底不剩米的都是好孩子哈哈', [HABIT], 'group').intent).toBe('none');
  });

  it('is not taken for a mistyped word of the tables', () => {
    const word = { kind: 'waste', heard: '旧电迟', meaning: 'w001' } as const;
    expect(read('旧电迟扔哪', []).heard).toBe('旧电池扔哪');
    expect(read('旧电迟扔哪', [word])).toMatchObject({ heard: '旧电迟扔哪', slots: { item: '旧电迟' } });
  });

  it('is named among what a sentence goes by', () => {
    expect(read('软筒子扔哪', [THING]).phrases).toContainEqual({ said: '软筒子', kind: 'waste', value: 'w001' });
  });
});
