import { describe, expect, it } from 'vitest';
import { scoreExam } from '../../src/language/exam.ts';

describe('the exam', () => {
  const right = { intent: 'tip.ask' as const, slots: { topic: '节水' } };
  const silent = { intent: 'none' as const, slots: {} };

  it('gives full marks for what is right', () => {
    const result = scoreExam([
      { id: 'a', text: '', expect: right, got: right },
      { id: 'b', text: '', expect: silent, got: silent },
    ]);
    expect(result).toMatchObject({ cases: 2, intentAccuracy: 1, macroF1: 1, slotF1: 1, falseWakes: 0, worst: [] });
    expect(result.intents.map(({ intent, f1 }) => [intent, f1])).toEqual([
      ['tip.ask', 1],
      ['none', 1],
    ]);
  });

  it('counts speaking out of turn apart, and lists it first', () => {
    const result = scoreExam([
      { id: 'a', text: '', expect: right, got: { intent: 'tip.ask', slots: {} } },
      { id: 'b', text: '', expect: silent, got: right },
    ]);
    expect(result.falseWakes).toBe(1);
    expect(result.intentAccuracy).toBe(0.5);
    expect(result.worst.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('tells for each intent how often it was meant, heard and heard wrongly, the weakest first', () => {
    const { intents, macroF1, silentCases } = scoreExam([
      { id: 'a', text: '', expect: right, got: right },
      { id: 'b', text: '', expect: silent, got: silent },
      { id: 'c', text: '', expect: silent, got: { intent: 'help', slots: {} } },
    ]);
    expect(intents).toEqual([
      { intent: 'help', cases: 0, right: 0, wrongly: 1, f1: 0, slotF1: 1 },
      { intent: 'none', cases: 2, right: 1, wrongly: 0, f1: 2 / 3, slotF1: 1 },
      { intent: 'tip.ask', cases: 1, right: 1, wrongly: 0, f1: 1, slotF1: 1 },
    ]);
    // What nobody meant is no intent of its own: it has already cost the others.
    expect(macroF1).toBeCloseTo((2 / 3 + 1) / 2);
    expect(silentCases).toBe(2);
  });

  it('takes a household apart, so that one wrong room is not all wrong', () => {
    const expected = { intent: 'household.give' as const, slots: { household: { building: '3', room: '501' } } };
    const got = { intent: 'household.give' as const, slots: { household: { building: '3', room: '502' } } };
    expect(scoreExam([{ id: 'a', text: '', expect: expected, got }]).slotF1).toBe(0.5);
  });
});
