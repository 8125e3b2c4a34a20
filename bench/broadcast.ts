/** A notice to 5,000 groups where Telegram enforces its limits, with people asking meanwhile; time runs five times as fast. */
import { atMost, type Finding } from './figure.ts';
import { median, percentile } from './statistics.ts';
import { OURS, type Result, run } from './telegram/race.ts';

const ROUNDS = 3;
const GROUPS = 5_000;
const FASTER = 5;
const SECOND_MS = 1_000 / FASTER;
// After a refusal Telegram refuses everything for a while: https://core.telegram.org/bots/faq
const PENALTY_SECONDS = 5;
const PER_SECOND = 30;
// Three questions a second of Telegram's: a tenth of what passes.
const ASK_EVERY_MS = SECOND_MS / 3;

export async function measure(): Promise<Finding> {
  const results: Result[] = [];
  for (let round = 0; round < ROUNDS; round += 1) results.push(await once());
  const middle = (of: (result: Result) => number) => median(results.map(of));
  return {
    figures: [
      atMost('notice to 5,000 groups, time over the ideal', middle(overIdeal), 'ratio', 1.02),
      atMost('notice to 5,000 groups, refusals', Math.max(...results.map(({ refused }) => refused)), 'refusals', 0),
      atMost(
        'replies meanwhile, p99',
        middle(({ waits }) => percentile(waits, 99) * FASTER),
        'ms',
        1_000,
      ),
    ],
    notes: [
      `${PER_SECOND} a second enforced, ${PENALTY_SECONDS} s closed after a refusal; time ${FASTER} times as fast, told as Telegram's`,
      `the ideal is that every place at ${PER_SECOND} a second is taken by a notice or a reply; medians of ${ROUNDS} rounds`,
    ],
  };
}

function once(): Promise<Result> {
  const platform = { groups: GROUPS, people: 200, secondMs: SECOND_MS, penaltySeconds: PENALTY_SECONDS };
  const order = { what: 'broadcast', messages: GROUPS, askEveryMs: ASK_EVERY_MS, limitMs: 180_000 } as const;
  return run(OURS, { platform, order, env: { NOTICES: String(GROUPS), SECOND_MS: String(SECOND_MS) } });
}

function overIdeal({ answered, waits, ms }: Result): number {
  return (ms / SECOND_MS) * (PER_SECOND / (answered + waits.length - 1));
}
