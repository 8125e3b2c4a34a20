/** Reads one HTTP/1.1 response from bytes that come in pieces: https://www.rfc-editor.org/rfc/rfc9112 */

export interface WireResponse {
  readonly status: number;
  readonly body: string;
  /** Whether the connection may carry another call. */
  readonly keepsOpen: boolean;
}

/** What came is no response of the kind we can read. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
  readonly code = 'EPROTO';
}

const LONGEST_HEAD = 64 * 1024;
// The longest answer to a call that sends is the message sent, a few kilobytes.
const LONGEST_BODY = 4 * 1024 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

export class ResponseReader {
  #bytes: Buffer = NOTHING;

  /** `null` until the response is whole. Throws a `WireFault`. */
  read(piece: Buffer): WireResponse | null {
    this.#bytes = this.#bytes.length === 0 ? piece : Buffer.concat([this.#bytes, piece]);
    if (this.#bytes.length > LONGEST_HEAD + LONGEST_BODY) throw new WireFault('the response is too long');
    return this.#parse(false);
  }

  /** The connection was closed: a body without a length ends with it. */
  end(): WireResponse | null {
    return this.#bytes.length === 0 ? null : this.#parse(true);
  }

  #parse(isEnd: boolean): WireResponse | null {
    const headEnd = this.#bytes.indexOf(HEAD_END);
    if (headEnd === -1) {
      if (this.#bytes.length > LONGEST_HEAD) throw new WireFault('the head of the response is too long');
      return null;
    }
    const head = this.#bytes.toString('latin1', 0, headEnd);
    const [, minor, code] = /^HTTP\/1\.([01]) (\d{3})/.exec(head) ?? [];
    if (code === undefined) throw new WireFault('this is no HTTP response');
    const from = headEnd + HEAD_END.length;
    // "100 Continue" and the like come before the response itself.
    if (code.startsWith('1')) return this.#after(from, isEnd);
    const body = bodyOf(head, this.#bytes, from, isEnd);
    if (body === null) return null;
    const keepsOpen = minor === '1' && body.hasEnd && body.to === this.#bytes.length && !CLOSES.test(head);
    this.#bytes = NOTHING;
    return { status: Number(code), body: body.text, keepsOpen };
  }

  #after(from: number, isEnd: boolean): WireResponse | null {
    this.#bytes = this.#bytes.subarray(from);
    return this.#bytes.length === 0 ? null : this.#parse(isEnd);
  }
}

const CLOSES = /^connection:[^\r\n]*\bclose\b/im;
const CHUNKED = /^transfer-encoding:[^\r\n]*\bchunked\b/im;
const LENGTH = /^content-length:[ \t]*(\d+)[ \t]*$/im;

interface Body {
  readonly text: string;
  readonly to: number;
  /** It says by itself where it ends. */
  readonly hasEnd: boolean;
}

function bodyOf(head: string, bytes: Buffer, from: number, isEnd: boolean): Body | null {
  if (CHUNKED.test(head)) return chunksOf(bytes, from);
  const length = LENGTH.exec(head)?.[1];
  if (length === undefined)
    return isEnd ? { text: bytes.toString('utf8', from), to: bytes.length, hasEnd: false } : null;
  const to = from + Number(length);
  return to > bytes.length ? null : { text: bytes.toString('utf8', from, to), to, hasEnd: true };
}

function chunksOf(bytes: Buffer, from: number): Body | null {
  const chunks: Buffer[] = [];
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new WireFault('a chunk has no size');
    const start = lineEnd + 2;
    if (size === 0) return endOfChunks(bytes, start, chunks);
    at = start + size + 2;
    if (at > bytes.length) return null;
    chunks.push(bytes.subarray(start, start + size));
  }
}

/** Behind the last chunk there may be further header lines; an empty line ends it all. */
function endOfChunks(bytes: Buffer, from: number, chunks: readonly Buffer[]): Body | null {
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    if (lineEnd === at) return { text: Buffer.concat(chunks).toString('utf8'), to: at + 2, hasEnd: true };
    at = lineEnd + 2;
  }
}
