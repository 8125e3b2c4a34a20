/** The connections over which calls reach the Bot API, kept between calls, through a proxy where one is set. */
import { Readable } from 'node:stream';
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { faultCodeOf } from './connection-fault.ts';

export interface Posted {
  readonly path: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Without anything moving in either direction. */
  readonly timeoutMs: number;
}

export type PostResult =
  | { readonly what: 'answered'; readonly status: number; readonly body: string }
  /** Nothing of it was given to a connection, or the proxy kept it back, so it surely reached nobody. */
  | { readonly what: 'never-left'; readonly code: string }
  /** It may have been heard. */
  | { readonly what: 'lost'; readonly code: string };

const OPENED_WITHIN_MS = 15_000;
const PIECE_BYTES = 64 * 1024;
const KEPT = {
  // With a round trip of 25 ms that allows 5,000 calls a second; more connections bring nothing.
  connections: 128,
  pipelining: 1,
  // Calls beside one another in one HTTP/2 connection would all be in doubt when it breaks.
  allowH2: false,
  // Well below the 60 s or more after which servers close what is idle.
  keepAliveTimeout: 15_000,
  connectTimeout: OPENED_WITHIN_MS,
  // The longest answer to a call that sends is the message sent, a few kilobytes.
  maxResponseSize: 4 * 1024 * 1024,
} as const;

export class ApiConnections {
  #origin: string;
  #proxy: string | undefined;
  #open: Dispatcher | null = null;

  constructor(origin: string, proxy: string | undefined) {
    this.#origin = origin;
    this.#proxy = proxy;
  }

  /** Never rejects. */
  post({ path, contentType, body, timeoutMs }: Posted): Promise<PostResult> {
    this.#open ??= this.#proxy === undefined ? poolTo(this.#origin) : poolsBehind(this.#proxy);
    const open = this.#open;
    return new Promise((done) => {
      open.dispatch(
        {
          origin: this.#origin,
          path,
          method: 'POST',
          headers: ['content-type', contentType, 'content-length', String(Buffer.byteLength(body))],
          body: typeof body === 'string' ? body : Readable.from(piecesOf(body)),
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        },
        new Reading(done),
      );
    });
  }

  /** What is under way ends by itself, then its connections close too; a later call opens others. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.close();
  }
}

/** Of what is given in one piece, undici would count the time from its beginning, however much of it moves. */
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

function poolTo(origin: string | URL, options: Pool.Options = {}): Pool {
  return new Pool(origin, { ...options, ...KEPT });
}

/** It tunnels to what is secured and forwards the rest; each way needs a pool of its own. */
function poolsBehind(proxy: string): ProxyAgent {
  return new ProxyAgent({
    uri: proxy,
    connectTimeout: OPENED_WITHIN_MS,
    proxyTls: { allowH2: false },
    factory: poolTo,
    clientFactory: (origin, options) => poolTo(origin, { ...options, headersTimeout: OPENED_WITHIN_MS }),
  });
}

// Said where nothing was written, and of a proxy that wants a login it was not given (407).
const KEPT_BACK = 'UND_ERR_INVALID_ARG';

/** Undici's own `request` does not tell whether anything was written, and takes more for it. */
class Reading implements Dispatcher.DispatchHandler {
  #done: (result: PostResult) => void;
  #hasLeft = false;
  #status = 0;
  #pieces: Buffer[] = [];

  constructor(done: (result: PostResult) => void) {
    this.#done = done;
  }

  /** There is a connection, and the very next thing is to write to it. */
  onRequestStart(): void {
    this.#hasLeft = true;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    this.#pieces.push(piece);
  }

  onResponseEnd(): void {
    this.#done({ what: 'answered', status: this.#status, body: Buffer.concat(this.#pieces).toString() });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const code = faultCodeOf(error);
    this.#done({ what: this.#hasLeft && code !== KEPT_BACK ? 'lost' : 'never-left', code });
  }
}
