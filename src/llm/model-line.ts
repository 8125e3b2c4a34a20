/** The line to whichever model is set just now, if any: not more at once than it may bear, none while it is down, all of it counted. */
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { BREAKER, createCircuitBreaker } from './circuit-breaker.ts';
import type { LanguageModel, ModelAnswer, ModelQuestion } from './language-model.ts';

export interface ModelLine {
  /** Whether one is set, well, and not too busy. Costs nothing. */
  isFree(): boolean;
  /** `null`: nobody could be asked. Never rejects. */
  ask(question: ModelQuestion): Promise<ModelAnswer | null>;
  /** From now on this one is asked; `null`: nobody. What is under way is answered by the one before. */
  put(model: LanguageModel | null): void;
  standing(): ModelStanding;
  close(): Promise<void>;
}

/** `resting`: it failed several times in a row and is left alone for a minute. */
export type ModelStanding = 'none' | 'well' | 'resting';

export interface ModelLineParts {
  readonly metrics: Pick<Metrics, 'count' | 'gauge'>;
  readonly steadyNow: () => number;
  readonly log: Pick<Logger, 'warn'>;
  readonly mostAtOnce?: number;
}

// A message waits 8 s at most, so these are answered at half a message a second even where every answer is late.
const MOST_AT_ONCE = 4;

interface Connected {
  readonly model: LanguageModel;
  readonly breaker: ReturnType<typeof createCircuitBreaker>;
}

export function createModelLine({ metrics, steadyNow, log, mostAtOnce = MOST_AT_ONCE }: ModelLineParts): ModelLine {
  let connected: Connected | null = null;
  let underWay = 0;
  const standing = (): ModelStanding => {
    if (connected === null) return 'none';
    return connected.breaker.isOpenTo() ? 'well' : 'resting';
  };
  metrics.gauge('llm_in_flight', () => underWay);
  metrics.gauge('llm_resting', () => (standing() === 'resting' ? 1 : 0));

  async function askThis({ model, breaker }: Connected, question: ModelQuestion): Promise<ModelAnswer> {
    underWay += 1;
    const answer = await model.ask(question);
    underWay -= 1;
    if (answer.ok) breaker.succeeded();
    else breaker.failed();
    if (!answer.ok && !breaker.isOpenTo())
      log.warn({ code: answer.why }, 'the language model is left alone for a while');
    metrics.count('llm_answers_total', { what: answer.ok ? 'answered' : answer.why });
    return answer;
  }

  return {
    isFree: () => connected?.breaker.isOpenTo() === true && underWay < mostAtOnce,
    ask: async (question) => {
      const now = connected;
      if (now === null || underWay >= mostAtOnce || !now.breaker.enter()) return null;
      return askThis(now, question);
    },
    put: (model) => {
      void connected?.model.close();
      connected = model === null ? null : { model, breaker: createCircuitBreaker({ ...BREAKER, steadyNow }) };
    },
    standing,
    close: async () => connected?.model.close(),
  };
}
