/** How the account stands, and since when. */
import type { ChannelState, ChannelStatus, ChannelTrouble } from '../channel.ts';

export class Standing {
  #now: () => Date;
  #status: ChannelStatus;

  constructor(now: () => Date) {
    this.#now = now;
    this.#status = { state: 'offline', since: now() };
  }

  get status(): ChannelStatus {
    return this.#status;
  }

  /** Whether anything changed. */
  set(state: ChannelState, trouble?: ChannelTrouble): boolean {
    if (this.#status.state === state && this.#status.trouble === trouble) return false;
    this.#status = { state, since: this.#now(), ...(trouble === undefined ? {} : { trouble }) };
    return true;
  }
}
