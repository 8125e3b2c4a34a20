/**
 * Calls that send. They go beside grammY: its client makes timers and abort controllers for each call, which costs
 * half as much again as the call itself, and it does not tell a call that never left from one whose answer was lost.
 */
import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type ApiAnswer, answerOf } from './api-answer.ts';
import { createAgent, isSecure } from './connection-agent.ts';
import { faultCodeOf, isNobodyThere } from './connection-fault.ts';
import { type Body, formBody, type UploadedFile } from './form-body.ts';
import type { TelegramConfig } from './telegram-config.ts';

// A round trip of 25 ms then allows 5,000 messages a second; more sockets bring nothing.
const SOCKETS = 128;
// Well below the 60 s or more after which servers close what is idle.
const IDLE_MS = 15_000;
const TIMED_OUT = 'ETIMEDOUT';

export interface ApiCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly file?: UploadedFile | undefined;
}

export class BotApi {
  #config: TelegramConfig;
  #agent: Agent;
  #host: string;
  #port: string;
  #path: string;
  #request: typeof httpRequest;

  constructor(config: TelegramConfig) {
    this.#config = config;
    const { apiRoot, proxy, token } = config;
    const { hostname, port, pathname } = new URL(apiRoot);
    this.#agent = createAgent({ apiRoot, proxy, sockets: SOCKETS, idleMs: IDLE_MS });
    this.#host = hostname.replace(/^\[|\]$/g, '');
    this.#port = port;
    this.#path = `${pathname.replace(/\/$/, '')}/bot${token}/`;
    this.#request = isSecure(apiRoot) ? httpsRequest : httpRequest;
  }

  /** Never rejects. */
  call({ method, payload, file }: ApiCall): Promise<ApiAnswer> {
    const body = file === undefined ? jsonBody(payload) : formBody(payload, file);
    const timeoutMs = file === undefined ? this.#config.sendTimeoutMs : this.#config.uploadTimeoutMs;
    return new Promise((resolve) => {
      const request = this.#request({
        agent: this.#agent,
        method: 'POST',
        host: this.#host,
        port: this.#port,
        path: this.#path + method,
        headers: { 'content-type': body.contentType, 'content-length': body.bytes.length },
        timeout: timeoutMs,
      });
      const connection = watchConnection(request);
      const fail = (error: unknown) => {
        const code = faultCodeOf(error);
        const neverLeft = isNobodyThere(code) || !connection.isOpen();
        resolve({ what: neverLeft ? 'never-left' : 'lost', code });
      };
      request.on('error', fail);
      request.on('timeout', () => request.destroy(Object.assign(new Error('timed out'), { code: TIMED_OUT })));
      request.on('response', (response) => readAnswer(response, resolve, fail));
      request.end(body.bytes);
    });
  }

  /** Ends idle connections and those in use. */
  close(): void {
    this.#agent.destroy();
  }
}

function jsonBody(payload: Readonly<Record<string, unknown>>): Body {
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(payload)) };
}

function readAnswer(
  response: IncomingMessage,
  resolve: (answer: ApiAnswer) => void,
  fail: (error: unknown) => void,
): void {
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    body += chunk;
  });
  response.on('end', () => resolve(answerOf(response.statusCode ?? 0, body)));
  // Cut in the middle of the answer: it was done, or it was not.
  response.on('error', fail);
}

/** Whether the request could have been written: on a connection in use before, or one that came to be. */
function watchConnection(request: ClientRequest): { isOpen: () => boolean } {
  let opened = false;
  request.once('socket', (socket) => {
    if (!socket.connecting) {
      opened = true;
      return;
    }
    const event = 'encrypted' in socket ? 'secureConnect' : 'connect';
    socket.once(event, () => {
      opened = true;
    });
  });
  return { isOpen: () => opened };
}

export function isTimeout(code: string): boolean {
  return code === TIMED_OUT;
}
