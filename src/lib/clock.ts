/** The one place where the time of day enters; everything else is handed a clock or an instant. */

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
