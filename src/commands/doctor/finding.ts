/** One thing the check-up looked at, and what is to be done about it. */
import type { Saying } from '../../model/text.ts';

export type FindingState = 'good' | 'warning' | 'bad';

export interface Finding {
  /** What was looked at, e.g. `disk`; for programs that read the JSON. */
  readonly check: string;
  readonly state: FindingState;
  readonly said: Saying;
}

export function finding(check: string, state: FindingState, said: Saying): Finding {
  return { check, state, said };
}
