/** What is left of buttons and links where a platform has none. */
import { describe, expect, test } from 'vitest';
import { foldMessage } from '../../../src/channels/folding/fold-message.ts';

const WORDS = { answerByNumber: '回复数字就行。', answerByWord: (word: string) => `要的话，回复“${word}”。` };

describe('a message without buttons', () => {
  test('lists what can be chosen by number', () => {
    const choices = [
      { label: '周六捡垃圾', say: '1' },
      { label: '周日植树', say: '2' },
    ];
    expect(foldMessage({ text: '这七天的活动：', choices }, WORDS)).toBe(
      '这七天的活动：\n1. 周六捡垃圾\n2. 周日植树\n回复数字就行。',
    );
  });

  test('names the only thing there is to choose, where its answer is a bare number', () => {
    const choices = [{ label: '周六捡垃圾，还有 2 个位子', say: '1' }];
    expect(foldMessage({ text: '这七天的活动：', choices }, WORDS)).toBe(
      '这七天的活动：\n1. 周六捡垃圾，还有 2 个位子\n回复数字就行。',
    );
  });

  test('offers the only word there is to say', () => {
    const choices = [{ label: '我的信息', say: '我的信息' }];
    expect(foldMessage({ text: '记下了。', choices }, WORDS)).toBe('记下了。\n要的话，回复“我的信息”。');
  });
});
