/** Calls that send. They go beside grammY, whose client makes timers and abort controllers for each of them. */
import { type ApiAnswer, answerOf } from './api-answer.ts';
import { ApiConnections, type PostResult } from './api-connections.ts';
import { formBody, type UploadedFile } from './form-body.ts';
import type { TelegramConfig } from './telegram-config.ts';

export interface ApiCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly file?: UploadedFile | undefined;
}

export class BotApi {
  #config: TelegramConfig;
  #connections: ApiConnections;
  /** Up to the method. */
  #path: string;

  constructor(config: TelegramConfig) {
    const { origin, pathname } = new URL(config.apiRoot);
    this.#config = config;
    this.#connections = new ApiConnections(origin, config.proxy);
    this.#path = `${pathname.replace(/\/$/, '')}/bot${config.token}/`;
  }

  /** Never rejects. */
  async call({ method, payload, file }: ApiCall): Promise<ApiAnswer> {
    const result = await (file === undefined ? this.#send(method, payload) : this.#upload(method, payload, file));
    return result.what === 'answered' ? answerOf(result.status, result.body) : result;
  }

  /** What is under way ends by itself. */
  close(): Promise<void> {
    return this.#connections.close();
  }

  #send(method: string, payload: ApiCall['payload']): Promise<PostResult> {
    return this.#connections.post({
      path: this.#path + method,
      contentType: 'application/json',
      body: JSON.stringify(payload),
      timeoutMs: this.#config.sendTimeoutMs,
    });
  }

  #upload(method: string, payload: ApiCall['payload'], file: UploadedFile): Promise<PostResult> {
    const { contentType, bytes } = formBody(payload, file);
    return this.#connections.post({
      path: this.#path + method,
      contentType,
      body: bytes,
      timeoutMs: this.#config.uploadTimeoutMs,
    });
  }
}
