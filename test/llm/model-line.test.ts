import { expect, test } from 'vitest';
import { createCircuitBreaker } from '../../src/llm/circuit-breaker.ts';
import type { LanguageModel, ModelAnswer } from '../../src/llm/language-model.ts';
import { createModelLine } from '../../src/llm/model-line.ts';

const QUESTION = { instructions: 'read it', text: 'x' };
const WELL: ModelAnswer = { ok: true, text: 'y' };
const DOWN: ModelAnswer = { ok: false, why: 'failed' };

/** Answers in the order in which it is let. */
function heldModel() {
  const open: ((answer: ModelAnswer) => void)[] = [];
  const model: LanguageModel = { ask: () => new Promise((answer) => open.push(answer)), close: async () => {} };
  return { model, open };
}

function lineAt(clock: { now: number }, mostAtOnce = 2) {
  const counted: string[] = [];
  const warned: string[] = [];
  const gauges = new Map<string, () => unknown>();
  const line = createModelLine({
    metrics: {
      count: (name, labels = {}) => void counted.push(`${name} ${labels.what}`),
      gauge: (name, read) => void gauges.set(name, read),
    },
    steadyNow: () => clock.now,
    log: { warn: (fields, message) => void warned.push(`${message}: ${fields.code}`) },
    mostAtOnce,
  });
  return { line, counted, gauges, warned };
}

function answering(answers: ModelAnswer[]): LanguageModel {
  return { ask: async () => answers.shift() ?? WELL, close: async () => {} };
}

test('where no model is set nobody is asked', async () => {
  const { line } = lineAt({ now: 0 });
  expect({ free: line.isFree(), stands: line.standing(), answer: await line.ask(QUESTION) }).toEqual({
    free: false,
    stands: 'none',
    answer: null,
  });
});

test('more at once than it may bear are not asked, and there is room again after an answer', async () => {
  const { line, gauges } = lineAt({ now: 0 });
  const { model, open } = heldModel();
  line.put(model);
  const first = line.ask(QUESTION);
  const second = line.ask(QUESTION);
  expect({ free: line.isFree(), third: await line.ask(QUESTION), inFlight: gauges.get('llm_in_flight')?.() }).toEqual({
    free: false,
    third: null,
    inFlight: 2,
  });
  open[0]?.(WELL);
  expect(await first).toEqual(WELL);
  expect(line.isFree()).toBe(true);
  open[1]?.(WELL);
  await second;
});

test('after five failures in a row it is left alone for a minute, then one question finds out', async () => {
  const clock = { now: 0 };
  const { line, counted, warned } = lineAt(clock);
  line.put(answering([DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, WELL]));
  for (let time = 0; time < 5; time += 1) await line.ask(QUESTION);
  expect({ stands: line.standing(), answer: await line.ask(QUESTION) }).toEqual({ stands: 'resting', answer: null });
  clock.now = 60_000;
  expect(await line.ask(QUESTION)).toEqual(DOWN);
  expect(line.standing()).toBe('resting');
  clock.now = 120_000;
  expect(await line.ask(QUESTION)).toEqual(WELL);
  expect(line.standing()).toBe('well');
  expect(counted.filter((one) => one === 'llm_answers_total failed')).toHaveLength(6);
  expect(warned).toEqual(Array(2).fill('the language model is left alone for a while: failed'));
});

test('a success in between begins the count of failures again', async () => {
  const { line } = lineAt({ now: 0 });
  line.put(answering([DOWN, DOWN, DOWN, DOWN, WELL, DOWN, DOWN, DOWN, DOWN]));
  for (let time = 0; time < 9; time += 1) await line.ask(QUESTION);
  expect(line.standing()).toBe('well');
});

test('while one finds out whether it is well, the others are not asked', () => {
  const clock = { now: 0 };
  const breaker = createCircuitBreaker({ failures: 1, restMs: 1_000, steadyNow: () => clock.now });
  expect(breaker.enter()).toBe(true);
  breaker.failed();
  clock.now = 1_000;
  expect([breaker.enter(), breaker.enter()]).toEqual([true, false]);
  breaker.succeeded();
  expect(breaker.enter()).toBe(true);
});

test('another model begins well, whatever the one before was', async () => {
  const { line } = lineAt({ now: 0 });
  line.put(answering([DOWN, DOWN, DOWN, DOWN, DOWN]));
  for (let time = 0; time < 5; time += 1) await line.ask(QUESTION);
  line.put(answering([]));
  expect(await line.ask(QUESTION)).toEqual(WELL);
  line.put(null);
  expect(line.standing()).toBe('none');
});
