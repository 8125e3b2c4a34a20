/**
 * How much a WeChat account may send before it stands out. WeChat publishes no figures; these are on the careful side
 * of what people report: a loop over more than 100 groups was refused as too frequent
 * (https://github.com/wechaty/wechaty/issues/412), others wait between 3 and 35 s, by chance. No pace is known to be safe.
 */
import { z } from 'zod';
import type { OutgoingKind } from '../../model/outgoing.ts';
import type { Pace } from '../channel.ts';

export const SendLimits = z.object({
  /** Milliseconds between two messages, drawn anew each time; the least keeps it at eight a minute. */
  gapMs: z.tuple([z.number(), z.number()]),
  perDay: z.number(),
  /** What nobody asked for leaves the rest of the day to those who ask. */
  unaskedPerDay: z.number(),
  perGroupPerDay: z.number(),
  groupGapMs: z.number(),
  /** Between the parts of one message, which belong together. */
  partGapMs: z.tuple([z.number(), z.number()]),
});
export type SendLimits = z.infer<typeof SendLimits>;

export const SEND_LIMITS: SendLimits = {
  gapMs: [7_500, 13_000],
  perDay: 200,
  unaskedPerDay: 150,
  perGroupPerDay: 20,
  groupGapMs: 30_000,
  partGapMs: [1_500, 4_000],
};

export const DAY_MS = 24 * 60 * 60 * 1000;

/** What the runtime keeps to; it forgets at a restart, which is why what was sent is written down as well. */
export function paceOf({ gapMs, perGroupPerDay, groupGapMs }: SendLimits): Pace {
  const [least, most] = gapMs;
  return {
    atOnce: 1,
    gapMs: [least, most],
    perGroup: [
      { most: 1, withinMs: groupGapMs },
      { most: perGroupPerDay, withinMs: DAY_MS },
    ],
  };
}

export interface SentBefore {
  readonly at: number;
  readonly chat: string;
}

export interface Wish {
  readonly chat: string;
  readonly isGroup: boolean;
  readonly kind: OutgoingKind;
  /** Goes on with a message that has begun, which does not wait for its own beginning. */
  readonly goesOn?: boolean;
}

export interface TooMuch {
  readonly retryAfterMs: number;
  /** Nobody else on the account can be told anything either. */
  readonly wholeAccount: boolean;
}

/** `null`: it may go. `sent` is in order; times in milliseconds. */
export function tooMuch(sent: readonly SentBefore[], wish: Wish, limits: SendLimits, now: number): TooMuch | null {
  const all = roomIn(sent, { most: limits.perDay, withinMs: DAY_MS }, now);
  if (all > 0) return { retryAfterMs: all, wholeAccount: true };
  const isUnasked = wish.kind === 'notice' || wish.kind === 'tip';
  const waits = [isUnasked ? roomIn(sent, { most: limits.unaskedPerDay, withinMs: DAY_MS }, now) : 0];
  if (wish.isGroup) {
    const here = sent.filter(({ chat }) => chat === wish.chat);
    if (wish.goesOn !== true) waits.push(roomIn(here, { most: 1, withinMs: limits.groupGapMs }, now));
    waits.push(roomIn(here, { most: limits.perGroupPerDay, withinMs: DAY_MS }, now));
  }
  const wait = Math.max(...waits);
  return wait > 0 ? { retryAfterMs: wait, wholeAccount: false } : null;
}

/** Milliseconds until another one fits into the window. */
function roomIn(
  sent: readonly SentBefore[],
  { most, withinMs }: { most: number; withinMs: number },
  now: number,
): number {
  const within = sent.filter(({ at }) => at > now - withinMs);
  const first = within[within.length - most];
  return first === undefined ? 0 : first.at + withinMs - now;
}
