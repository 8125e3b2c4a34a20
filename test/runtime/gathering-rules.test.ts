import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerPart } from '../../src/model/group-answer.ts';
import type { Message } from '../../src/model/message.ts';
import { fitting, isToldInBrief, linesOf } from '../../src/runtime/gathering-rules.ts';
import type { Departing } from '../../src/runtime/outgoing-writer.ts';

const told = fc.record({
  key: fc.constantFrom('pledged', 'joined'),
  variables: fc.record({ title: fc.constantFrom('a', 'b') }),
  count: fc.integer({ min: 0, max: 5 }),
  of: fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5'),
});
const part: fc.Arbitrary<AnswerPart> = fc
  .tuple(fc.string(), fc.constantFrom('t1', 't2', 't3', 't4'), fc.option(told, { nil: undefined }))
  .map(([personId, text, told]) => (told === undefined ? { personId, text } : { personId, text, told }));

describe('one message for several', () => {
  test('who does the same is counted once, whatever the order and however often it was said', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 30 }), (parts) => {
        for (const line of linesOf(parts)) {
          if (line.is !== 'count') continue;
          const most = new Map<string, number>();
          for (const { told } of parts) {
            if (told?.key !== line.key || told.variables.title !== line.variables.title) continue;
            most.set(told.of, Math.max(told.count, most.get(told.of) ?? 0));
          }
          expect(line.variables.count).toBe([...most.values()].reduce((sum, each) => sum + each, 0));
        }
        const keys = (some: readonly AnswerPart[]) =>
          linesOf(some)
            .map((line) => JSON.stringify(line))
            .sort();
        expect(keys([...parts].reverse())).toEqual(keys(parts));
      }),
    );
  });

  test('everybody finds their own words or the count they are part of', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 30 }), (parts) => {
        const lines = linesOf(parts);
        for (const one of parts) {
          const isCounted = lines.some((line) => line.is === 'count' && line.key === one.told?.key);
          expect(isCounted || lines.some((line) => line.is === 'text' && line.text === one.text)).toBe(true);
          if (isToldInBrief(one, lines)) expect(isCounted).toBe(true);
        }
      }),
    );
  });

  test('the same question is answered once, different ones in a line each, and one person alone in their own words', () => {
    const bone = { personId: 'lin', text: 'bone: wet' };
    const battery = { personId: 'wang', text: 'battery: harmful' };
    const pledge = { personId: 'li', text: 'noted', told: { key: 'pledged', variables: {}, count: 1, of: 'h1' } };
    const lines = linesOf([bone, { ...bone, personId: 'zhao' }, battery, pledge]);
    expect(lines).toEqual([bone.text, battery.text, pledge.text].map((text) => ({ is: 'text', text })));
  });

  test('a household that was counted before adds nobody, and nobody new is no number at all', () => {
    const known = { personId: 'a', text: 'noted', told: { key: 'pledged', variables: {}, count: 0, of: 'h1' } };
    expect(linesOf([known, { ...known, personId: 'b' }])).toEqual([{ is: 'text', text: 'noted' }]);
    const made = { ...known, personId: 'c', told: { ...known.told, count: 1 } };
    expect(linesOf([known, made])).toMatchObject([{ is: 'count', variables: { count: 1 } }]);
  });
});

describe('what goes into one message', () => {
  const choices = [{ label: 'one', say: '1' }];

  test('all of it is in the message or waits, in its order, and six lines are the most', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 30 }), (parts) => {
        const all = parts.map((one) => departing({ text: one.text }, [one]));
        const { together, left } = fitting(all);
        expect(together.length).toBeGreaterThan(0);
        expect(new Set([...together, ...left])).toEqual(new Set(all));
        expect([...together].sort(byPlace(all))).toEqual(together);
        expect([...left].sort(byPlace(all))).toEqual(left);
        const counted = linesOf(together.flatMap(({ message }) => message.answer?.parts ?? []));
        expect(counted.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  test('two things to choose from are never under one message', () => {
    const first = departing({ text: 'which?', choices }, [{ personId: 'a', text: 'which?' }]);
    const other = departing({ text: 'where?', choices: [{ label: 'two', say: '2' }] }, [
      { personId: 'b', text: 'where?' },
    ]);
    const plain = departing({ text: 'noted' }, [{ personId: 'c', text: 'noted' }]);
    expect(fitting([first, other, plain])).toEqual({ together: [first, plain], left: [other] });
  });
});

function byPlace(all: readonly Departing[]) {
  return (one: Departing, other: Departing) => all.indexOf(one) - all.indexOf(other);
}

let ids = 0;

function departing(message: Message, parts: AnswerPart[]): Departing {
  ids += 1;
  const chat = { id: 'g', communityId: 'c', channel: 'web', account: 'c', address: 'g', kind: 'group' } as const;
  const nothing = { notAfter: null, collapseKey: null, urgent: false, subjectId: null, runAt: new Date(0) };
  return {
    message: {
      id: `m${ids}`,
      communityId: 'c',
      chatId: 'g',
      kind: 'reply',
      textKey: 'k',
      tries: 1,
      message,
      ...nothing,
      answer: { parts },
    },
    chat,
  };
}
