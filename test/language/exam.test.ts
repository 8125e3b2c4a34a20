import { describe, expect, it } from 'vitest';
import { scoreExam } from '../../src/language/exam.ts';

describe('the exam', () => {
  const right = { intent: 'tip.ask' as const, slots: { topic: '节水' } };
  const silent = { intent: 'none' as const, slots: {} };

  it('gives full marks for what is right', () => {
    const result = scoreExam([
      { id: 'a', expect: right, got: right },
      { id: 'b', expect: silent, got: silent },
    ]);
    expect(result).toEqual({ cases: 2, intentAccuracy: 1, macroF1: 1, slotF1: 1, falseWakes: 0, worst: [] });
  });

  it('counts speaking out of turn apart, and lists it first', () => {
    const result = scoreExam([
      { id: 'a', expect: right, got: { intent: 'tip.ask', slots: {} } },
      { id: 'b', expect: silent, got: right },
    ]);
    expect(result.falseWakes).toBe(1);
    expect(result.intentAccuracy).toBe(0.5);
    expect(result.worst.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('takes a household apart, so that one wrong room is not all wrong', () => {
    const expected = { intent: 'household.give' as const, slots: { household: { building: '3', room: '501' } } };
    const got = { intent: 'household.give' as const, slots: { household: { building: '3', room: '502' } } };
    expect(scoreExam([{ id: 'a', expect: expected, got }]).slotF1).toBe(0.5);
  });
});
