/** Calls that send. They go beside grammY, whose client makes timers and abort controllers for each of them. */
import { type ApiAnswer, answerOf } from './api-answer.ts';
import { ConnectionPool } from './connection-pool.ts';
import { formBody, type UploadedFile } from './form-body.ts';
import { proxyLogin, targetOf } from './open-socket.ts';
import type { TelegramConfig } from './telegram-config.ts';

export interface ApiCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly file?: UploadedFile | undefined;
}

export class BotApi {
  #config: TelegramConfig;
  #pool: ConnectionPool;
  /** Of the request line, up to the method. */
  #path: string;
  /** What every request says. */
  #headers: string;

  constructor(config: TelegramConfig) {
    const { apiRoot, proxy, token } = config;
    const { host, pathname, origin } = new URL(apiRoot);
    const target = targetOf(apiRoot, proxy);
    // A proxy that is to forward what is not secured hears the whole address.
    const isForwarded = target.proxy !== null && !target.isSecure;
    this.#config = config;
    this.#pool = new ConnectionPool(target);
    this.#path = `${isForwarded ? origin : ''}${pathname.replace(/\/$/, '')}/bot${token}/`;
    this.#headers = `Host: ${host}\r\n${isForwarded ? proxyLogin(target.proxy) : ''}`;
  }

  /** Never rejects. */
  async call({ method, payload, file }: ApiCall): Promise<ApiAnswer> {
    const result = await (file === undefined ? this.#send(method, payload) : this.#upload(method, payload, file));
    return result.what === 'answered' ? answerOf(result.response.status, result.response.body) : result;
  }

  #send(method: string, payload: ApiCall['payload']) {
    const body = JSON.stringify(payload);
    const head = this.#head(method, 'application/json', Buffer.byteLength(body));
    return this.#pool.call(head, body, this.#config.sendTimeoutMs);
  }

  #upload(method: string, payload: ApiCall['payload'], file: UploadedFile) {
    const { contentType, bytes } = formBody(payload, file);
    const head = this.#head(method, contentType, bytes.length);
    return this.#pool.call(head, bytes, this.#config.uploadTimeoutMs);
  }

  #head(method: string, contentType: string, length: number): string {
    return `POST ${this.#path}${method} HTTP/1.1\r\n${this.#headers}Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`;
  }
}
