import { expect, test } from 'vitest';
import { ReplySlots } from '../../../src/channels/wecom/reply-slots.ts';

const LINE = {};

test('one message that answers several questions leaves none of them to be answered by what is said later', () => {
  const slots = asked(['m1', 'm2', 'm3', 'm4']);
  expect(slots.takeAsked('g', LINE, { inTurnOnly: true, answers: 3 })?.reqId).toBe('m1');
  expect(slots.takeAsked('g', LINE, { inTurnOnly: true })?.reqId).toBe('m4');
  expect(slots.takeAsked('g', LINE, { inTurnOnly: true })).toBeNull();
});

test('each question is answered in its turn where each has a message of its own', () => {
  const slots = asked(['m1', 'm2']);
  expect(slots.takeAsked('g', LINE, { inTurnOnly: true })?.reqId).toBe('m1');
  expect(slots.takeAsked('g', LINE, { inTurnOnly: true })?.reqId).toBe('m2');
});

function asked(ids: readonly string[]): ReplySlots {
  const slots = new ReplySlots(() => 0);
  for (const id of ids) slots.asked('g', id, { line: LINE, reqId: id });
  return slots;
}
