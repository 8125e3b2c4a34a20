/** Several things said in one breath, answered one after the other. */
import type { Outcome } from '../../runtime/feature.ts';

/** The last question of several stays. */
export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    messages: outcomes.flatMap(({ messages }) => messages),
    askOthers: outcomes.flatMap(({ askOthers }) => askOthers ?? []),
    ask: outcomes.findLast(({ ask }) => ask !== null && ask !== undefined)?.ask ?? null,
  };
}
