import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answered, isAlike, judge, printOf, type Talk, type Verdict } from '../../src/runtime/loop-rules.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

interface Word {
  readonly text: string;
  /** After the one before. */
  readonly afterMs: number;
  readonly answer?: string;
}

/** What becomes of each word, the bot answering at once where it answers. */
function play(words: readonly Word[], { isInGroup = true } = {}): { verdict: Verdict; at: number }[] {
  let talk: Talk | null = null;
  let at = 0;
  return words.map(({ text, afterMs, answer = 'answer' }, index) => {
    at += afterMs;
    const judged = judge(talk, { id: `m${index}`, print: printOf(text), at, isInGroup });
    const isHeard = judged.verdict === 'hear' || judged.verdict === 'tell';
    talk = isHeard ? answered(judged.talk, `m${index}`, { text: answer, at }) : judged.talk;
    return { verdict: judged.verdict, at };
  });
}

function verdicts(words: readonly Word[], more?: { isInGroup?: boolean }): Verdict[] {
  return play(words, more).map(({ verdict }) => verdict);
}

const text = fc.string({ unit: 'grapheme', maxLength: 30 });

describe('people', () => {
  test('whoever draws breath and says something else is always heard', () => {
    const words = fc.array(fc.record({ text, afterMs: fc.integer({ min: 6 * SECOND_MS, max: HOUR_MS }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, fc.boolean(), (said, isInGroup) => {
        const different = said.map((word, index) => ({ ...word, text: `${word.text}${index}` }));
        expect(new Set(verdicts(different, { isInGroup }))).toEqual(new Set(said.length === 0 ? [] : ['hear']));
      }),
    );
  });

  test('whoever says the same after two minutes is always heard', () => {
    const gaps = fc.array(fc.integer({ min: 2 * MINUTE_MS + 1, max: HOUR_MS }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, gaps, (said, all) => {
        expect(new Set(verdicts(all.map((afterMs) => ({ text: said, afterMs }))))).toEqual(new Set(['hear']));
      }),
    );
  });

  test('whoever repeats themselves is answered, then told kindly, and only then left alone with it', () => {
    const same = { text: '大骨头扔哪', afterMs: 8 * SECOND_MS };
    expect(verdicts([same, same, same, same, same])).toEqual(['hear', 'hear', 'tell', 'fall-silent', 'silent']);
  });

  test('what is said beside that is heard', () => {
    const same = { text: '大骨头扔哪', afterMs: 8 * SECOND_MS };
    const other = { text: '找社工', afterMs: SECOND_MS };
    expect(verdicts([same, same, same, same, other]).at(-1)).toBe('hear');
  });

  test('the same words that change something each time are heard five times', () => {
    const more = Array.from({ length: 6 }, (_, index) => ({ text: '再加一个', afterMs: 9_000, answer: `${index}` }));
    expect(verdicts(more)).toEqual(['hear', 'hear', 'hear', 'hear', 'hear', 'tell']);
  });

  test('a quick thumb in private may press as often as it likes, as long as it says different things', () => {
    const words = Array.from({ length: 30 }, (_, index) => ({ text: `${index}`, afterMs: 500 }));
    expect(new Set(verdicts(words, { isInGroup: false }))).toEqual(new Set(['hear']));
  });

  test('a message that the platform tells again counts once', () => {
    let talk: Talk | null = null;
    for (let times = 0; times < 10; times += 1) {
      const judged = judge(talk, { id: 'm1', print: 'a', at: times, isInGroup: true });
      expect(judged.verdict).toBe('hear');
      talk = answered(judged.talk, 'm1', { text: 'b', at: times });
    }
  });
});

describe('machines', () => {
  const reflex = fc.integer({ min: 0, max: 5 * SECOND_MS });

  test('one that answers every word of ours with the same is left alone after three answers, whatever it says', () => {
    fc.assert(
      fc.property(text, fc.array(reflex, { minLength: 4, maxLength: 30 }), fc.boolean(), (said, gaps, isInGroup) => {
        const all = verdicts(
          gaps.map((afterMs) => ({ text: said, afterMs })),
          { isInGroup },
        );
        expect(all.filter((verdict) => verdict === 'hear' || verdict === 'tell')).toHaveLength(3);
      }),
    );
  });

  test('one that tells the time in its automatic reply is left alone after four', () => {
    const words = Array.from({ length: 12 }, (_, index) => ({
      text: `您好，我现在有事不在，稍后回复您。现在是 10:0${index % 10}:${10 + index}`,
      afterMs: SECOND_MS,
      answer: `${index}`,
    }));
    expect(verdicts(words).slice(0, 6)).toEqual(['hear', 'hear', 'hear', 'tell', 'fall-silent', 'silent']);
  });

  test('one that makes conversation in a group is left alone after nine, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(reflex, { minLength: 20, maxLength: 20 }), (gaps) => {
        const all = verdicts(gaps.map((afterMs, index) => ({ text: `${index}`, afterMs, answer: `${index}` })));
        expect(all.filter((verdict) => verdict === 'hear' || verdict === 'tell')).toHaveLength(9);
        expect(all.at(-1)).toBe('silent');
      }),
    );
  });

  test('whenever it begins again the silence is longer, up to a day', () => {
    const lengths: number[] = [];
    let at = 0;
    let talk: Talk | null = null;
    for (let round = 0; lengths.length < 7; round += 1) {
      at += SECOND_MS;
      const judged = judge(talk, { id: `${round}`, print: 'same', at, isInGroup: true });
      talk = answered(judged.talk, `${round}`, { text: 'answer', at });
      if (judged.verdict !== 'fall-silent') continue;
      const until = judged.talk.silence?.until ?? 0;
      lengths.push((until - at) / MINUTE_MS);
      at = until;
    }
    expect(lengths).toEqual([5, 20, 80, 320, 1_280, 1_440, 1_440]);
  });
});

describe('much the same', () => {
  test('is so both ways, and of what is the same', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = [printOf(one), printOf(other)];
        expect(isAlike(left, left)).toBe(true);
        expect(isAlike(left, right)).toBe(isAlike(right, left));
      }),
    );
  });

  test('blanks, punctuation and width make no difference', () => {
    fc.assert(
      fc.property(text, (said) => {
        fc.pre(/[\p{L}\p{N}]/u.test(said.normalize('NFKC')));
        expect(printOf(` ${said}！！ `)).toBe(printOf(said));
      }),
    );
    expect(printOf('Ｈi， 收到。')).toBe(printOf('hi收到'));
    expect(printOf('👍')).not.toBe(printOf('🌹'));
  });

  test('in a few letters every one of them counts', () => {
    expect(isAlike(printOf('1号电池扔哪'), printOf('5号电池扔哪'))).toBe(false);
  });
});
