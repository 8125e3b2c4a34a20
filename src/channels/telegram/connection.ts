/** One kept connection: a call goes out, its answer comes back, then the next. */
import type { Socket } from 'node:net';
import { ResponseReader, type WireResponse } from './wire-response.ts';

interface UnderWay {
  readonly done: (response: WireResponse) => void;
  readonly failed: (cause: unknown) => void;
}

// Well below the 60 s or more after which servers close what is idle.
const IDLE_MS = 15_000;
const TIMED_OUT = 'ETIMEDOUT';

export class Connection {
  #socket: Socket;
  #reader = new ResponseReader();
  #underWay: UnderWay | null = null;
  #error: unknown = null;

  /** `onGone`: it was closed, by whomever. */
  constructor(socket: Socket, onGone: (connection: Connection) => void) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => this.#read(piece));
    socket.on('timeout', () => this.#giveUp(Object.assign(new Error('timed out'), { code: TIMED_OUT })));
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#closed();
      onGone(this);
    });
    this.#rest();
  }

  get isUsable(): boolean {
    return this.#underWay === null && this.#socket.writable && !this.#socket.readableEnded;
  }

  /** Rejects when the answer did not come; whether the call was heard is then unknown. */
  call(head: string, body: string | Uint8Array, timeoutMs: number): Promise<WireResponse> {
    return new Promise((done, failed) => {
      this.#underWay = { done, failed };
      this.#socket.ref();
      this.#socket.setTimeout(timeoutMs);
      if (typeof body === 'string') this.#socket.write(head + body);
      else this.#writeBoth(head, body);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #writeBoth(head: string, body: Uint8Array): void {
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(body);
    this.#socket.uncork();
  }

  #read(piece: Buffer): void {
    try {
      const response = this.#reader.read(piece);
      const underWay = this.#underWay;
      // What nobody asked for could be taken for the answer to the next call.
      if (underWay === null) this.close();
      else if (response !== null) this.#answered(response, underWay);
    } catch (cause) {
      this.#giveUp(cause);
    }
  }

  #answered(response: WireResponse, { done }: UnderWay): void {
    this.#underWay = null;
    if (response.keepsOpen) this.#rest();
    else this.close();
    done(response);
  }

  #closed(): void {
    const underWay = this.#underWay;
    this.#underWay = null;
    if (underWay === null) return;
    const response = this.#error === null ? this.#reader.end() : null;
    if (response !== null) underWay.done(response);
    else underWay.failed(this.#error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  }

  #giveUp(cause: unknown): void {
    this.#error ??= cause;
    this.#socket.destroy();
  }

  /** An idle connection is closed by us before the server closes it in the middle of the next call. */
  #rest(): void {
    this.#socket.setTimeout(IDLE_MS);
    this.#socket.unref();
  }
}

export function isTimeout(code: string): boolean {
  return code === TIMED_OUT;
}
