/** One connection to WeCom, from opening to its end; it is never revived. Behind it stands the SDK, or anything else. */

/** Never rejects. `errcode` 0 is yes; everything else says no, and nothing was done. */
export type Answer =
  | { readonly is: 'answered'; readonly errcode: number; readonly body: unknown }
  /** Surely never written. */
  | { readonly is: 'not-written' }
  /** Written, and nobody knows what became of it: the line broke, or no answer came in time. */
  | { readonly is: 'lost' }
  | { readonly is: 'timed-out' };

export interface WecomTransport {
  /** A request id may have one frame under way: a late answer would be taken for that of the next. */
  request(cmd: string, reqId: string, body: object): Promise<Answer>;
  /** Ends it at once, without a further event. */
  close(): void;
}

/** Each connection ends with one of `refused`, `displaced` and `closed`. */
export interface TransportEvents {
  /** The line stands; nothing may be sent yet. */
  opened(): void;
  subscribed(): void;
  /** The subscription was refused with this code. */
  refused(errcode: number): void;
  /** Something a person did: the request id that answers it, and what came. */
  heard(cmd: string, reqId: string, body: unknown): void;
  /** Somebody else subscribed with the same bot. */
  displaced(): void;
  closed(why: LineFault): void;
}

export type LineFault = 'unreachable' | 'certificate' | 'refused';

export type OpenTransport = (events: TransportEvents) => WecomTransport;
