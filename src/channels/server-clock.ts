/** Whether the clock of this computer and that of a platform agree: by the date of its answers, or of what people say there. */
import type { ChannelLog } from './channel.ts';

// Certificates, codes and the age of messages go by the clock; a minute or two harms none of them.
const TOLERANCE_MS = 3 * 60_000;

/** No date says nothing. */
export function clockDiffers(dateHeader: string | null | undefined, now: Date): boolean {
  const theirs = Date.parse(dateHeader ?? '');
  return Number.isFinite(theirs) && Math.abs(theirs - now.getTime()) > TOLERANCE_MS;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Told once: what people say just now bears a time that is to come, or was a day ago. The first cannot be; the second
 * is left out by every channel, so that nobody would be answered and nobody would know why.
 */
export class ClockDoubt {
  #channel: string;
  #log: ChannelLog;
  #isTold = false;

  constructor(channel: string, log: ChannelLog) {
    this.#channel = channel;
    this.#log = log;
  }

  heard(at: Date, now: Date): void {
    const age = now.getTime() - at.getTime();
    if (this.#isTold || (age <= DAY_MS && age >= -TOLERANCE_MS)) return;
    this.#isTold = true;
    this.#log.warn({ channel: this.#channel, code: 'clock-differs' }, 'what was said bears a time that cannot be');
  }
}
