/** One try to connect, watched: it is subscribed in time, or it has ended. */
import type { ChannelTrouble } from '../channel.ts';
import type { Answer, LineFault, OpenTransport, WecomTransport } from './transport.ts';

/** How a line came to its end. */
export type LineEnd =
  | { readonly why: 'displaced' }
  | { readonly why: 'refused'; readonly errcode: number }
  | { readonly why: 'lost'; readonly trouble: ChannelTrouble };

/** A person must mend it: wrong secret, unknown bot (document 90313). */
export function isWrongCredentials(errcode: number): boolean {
  return errcode === 40001 || errcode === 40013;
}

export interface LineEvents {
  readonly subscribed: (line: Line) => void;
  readonly heard: (line: Line, cmd: string, reqId: string, body: unknown) => void;
  /** Once; afterwards nothing more is heard of it. */
  readonly ended: (line: Line, end: LineEnd) => void;
}

export class Line {
  #transport: WecomTransport | null = null;
  #isOver = false;
  #isOpen = false;
  #timer: NodeJS.Timeout;
  #events: LineEvents;

  constructor(open: OpenTransport, subscribeMs: number, events: LineEvents) {
    this.#events = events;
    this.#timer = setTimeout(
      () => this.#end({ why: 'lost', trouble: this.#isOpen ? 'silent' : 'unreachable' }),
      subscribeMs,
    );
    this.#transport = open({
      opened: () => {
        this.#isOpen = true;
      },
      subscribed: () => {
        clearTimeout(this.#timer);
        if (!this.#isOver) events.subscribed(this);
      },
      heard: (cmd, reqId, body) => {
        if (!this.#isOver) events.heard(this, cmd, reqId, body);
      },
      refused: (errcode) => this.#end({ why: 'refused', errcode }),
      displaced: () => this.#end({ why: 'displaced' }),
      closed: (fault) => this.#end({ why: 'lost', trouble: fault }),
    });
    // It may have failed before it was ever handed back.
    if (this.#isOver) this.#transport.close();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  request(cmd: string, reqId: string, body: object): Promise<Answer> {
    return this.#transport?.request(cmd, reqId, body) ?? Promise.resolve({ is: 'not-written' });
  }

  /** Without a word to anybody. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#transport?.close();
  }

  /** As if it had broken. */
  giveUp(fault: LineFault | 'silent'): void {
    this.#end({ why: 'lost', trouble: fault });
  }

  #end(end: LineEnd): void {
    if (this.#isOver) return;
    this.close();
    this.#events.ended(this, end);
  }
}
