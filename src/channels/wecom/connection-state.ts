/** What is told about a connection: a state, since when, and why. */
import type { ChannelState, ChannelStatus, ChannelTrouble } from '../channel.ts';

export class ConnectionState {
  #now: () => Date;
  #status: ChannelStatus;

  constructor(now: () => Date) {
    this.#now = now;
    this.#status = { state: 'offline', since: now() };
  }

  get status(): ChannelStatus {
    return this.#status;
  }

  /** The moment stays as long as the state does: people read how long it has been so. */
  set(state: ChannelState, trouble?: ChannelTrouble): void {
    const since = this.#status.state === state ? this.#status.since : this.#now();
    this.#status = { state, since, ...(trouble === undefined ? {} : { trouble }) };
  }
}
