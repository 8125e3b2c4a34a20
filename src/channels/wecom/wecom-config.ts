/** What a WeCom bot needs to be told: who it is, what it says by itself, and its patience. */
import type { WecomWords } from './wecom-texts.ts';

export interface WecomConfig {
  readonly botId: string;
  readonly secret: string;
  /** `null`: the public service. */
  readonly wsUrl: string | null;
  /** As people see it in a group, where it stands in front of what they say to it; `null`: not known. */
  readonly botName: string | null;
  /** At night is told by the clock of this zone. */
  readonly zone: string;
  readonly words: WecomWords;
  readonly timings: WecomTimings;
}

export interface WecomTimings {
  /** Until the line stands, and until the subscription is answered. */
  readonly handshakeMs: number;
  readonly subscribeMs: number;
  readonly heartbeatMs: number;
  /** Waits between tries: twice as long each time. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Only a connection that lasted so long makes the next wait short again. */
  readonly steadyMs: number;
  /** After a refusal that a person must mend, and after one for coming too often. */
  readonly refusedRetryMs: number;
  readonly tooOftenRetryMs: number;
  /** After another process took the connection: so long at least, so often at most. */
  readonly kickedRetryMs: number;
  readonly kickedTriesInAnHour: number;
  /** The hour at night when the connection is made anew. */
  readonly freshAtHour: number;
  /** Within so long after it struck, by chance. */
  readonly freshWithinMs: number;
  /** How long WeCom takes an answer to a click or to somebody's coming, with a second for the way (document 101463). */
  readonly answerEventMs: number;
  /** How long a card is left waiting while what was clicked is put on disk. */
  readonly keepBeforeCardMs: number;
  /** Before each further try to keep a message that could not be kept. */
  readonly keepAgainMs: readonly number[];
}

export const WECOM_TIMINGS: WecomTimings = {
  handshakeMs: 10_000,
  subscribeMs: 12_000,
  heartbeatMs: 30_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  steadyMs: 60_000,
  refusedRetryMs: 30 * 60_000,
  tooOftenRetryMs: 65_000,
  kickedRetryMs: 60_000,
  kickedTriesInAnHour: 3,
  freshAtHour: 3,
  freshWithinMs: 60 * 60_000,
  answerEventMs: 4_000,
  keepBeforeCardMs: 3_000,
  keepAgainMs: [250, 1_000, 4_000],
};
