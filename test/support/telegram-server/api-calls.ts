/** One call: the token, the fault on order, the method, the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError, badRequest, conflict, refusalJson, tooMany } from './api-error.ts';
import type { Fault, FaultPlan, Payload } from './fault-plan.ts';
import type { FloodGate } from './flood-gate.ts';
import type { LongPoll } from './long-poll.ts';
import { asJson, type Files, METHODS, type MethodParts } from './methods.ts';
import { parseForm } from './multipart.ts';
import type { UpdateQueue } from './update-queue.ts';

export interface CallsParts extends MethodParts {
  readonly token: string;
  readonly queue: UpdateQueue;
  readonly poll: LongPoll;
  readonly faults: FaultPlan;
  readonly flood: FloodGate | null;
  readonly remember: boolean;
}

export interface CallRecord {
  readonly method: string;
  readonly payload: Payload;
  readonly at: number;
  status: number;
  fault: Fault['kind'] | null;
}

const NO_FILES: Files = new Map();
// Multipart around a file of 50 MB: https://core.telegram.org/bots/api#sending-files
const LARGEST_BODY_BYTES = 51 * 1024 * 1024;
// https://github.com/tdlib/telegram-bot-api, Client.cpp: getUpdates while a webhook is set.
const WEBHOOK_SET =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

const PollPayload = z.object({
  offset: z.coerce.number().default(0),
  limit: z.coerce.number().default(100),
  timeout: z.coerce.number().default(0),
  allowed_updates: asJson(z.array(z.string())).optional(),
});

export class ApiCalls {
  readonly record: CallRecord[] = [];
  token: string;
  latencyMs = 0;
  #parts: CallsParts;
  #webhook = '';

  constructor(parts: CallsParts) {
    this.#parts = parts;
    this.token = parts.token;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > LARGEST_BODY_BYTES)
        return send(response, 413, refusalJson(new ApiError(413, 'Request Entity Too Large')));
      const [only] = chunks;
      const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
      void this.#take(request, body, response);
    });
  }

  async #take(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(pathname);
    if (file !== null) return this.#sendFile(file[1], file[2], response);
    const [, token, name] = /^\/bot([^/]+)\/(?:test\/)?(\w+)$/.exec(pathname) ?? [];
    if (token !== this.token) return send(response, 401, refusalJson(new ApiError(401, 'Unauthorized')));
    const method = (name ?? '').toLowerCase();
    const form = payloadOf(request, body, searchParams);
    const { payload, files } = form ?? { payload: {}, files: NO_FILES };
    const call: CallRecord = { method: name ?? '', payload, at: this.#parts.now(), status: 0, fault: null };
    if (this.#parts.remember) this.record.push(call);
    const fault = this.#parts.faults.take(method, payload);
    if (fault !== null && (await this.#isOver(call, fault, response))) return;
    const { status, json } =
      form === null
        ? refused(badRequest("can't parse request body"))
        : await this.#run(method, payload, files, response);
    call.status = status;
    if (fault?.kind === 'answer-lost') response.destroy();
    else if (this.latencyMs > 0) setTimeout(() => send(response, status, json), this.latencyMs);
    else send(response, status, json);
  }

  /** Whether the fault ends the call before anything is done. */
  async #isOver(call: CallRecord, fault: Fault, response: ServerResponse): Promise<boolean> {
    call.fault = fault.kind;
    if (fault.kind === 'reset') {
      response.destroy();
      return true;
    }
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault.kind === 'status') {
      const refusal = new ApiError(fault.status, fault.description, fault.parameters);
      send(response, fault.status, refusalJson(refusal));
    }
    if (fault.kind === 'body') send(response, fault.status, fault.body);
    return fault.kind === 'status' || fault.kind === 'body';
  }

  async #run(method: string, payload: Payload, files: Files, response: ServerResponse) {
    try {
      const wait =
        this.#parts.flood !== null && method.startsWith('send') ? this.#parts.flood.take(Number(payload.chat_id)) : 0;
      if (wait > 0) throw tooMany(wait);
      return { status: 200, json: `{"ok":true,"result":${await this.#result(method, payload, files, response)}}` };
    } catch (error) {
      if (error instanceof ApiError) return refused(error);
      if (error instanceof z.ZodError || error instanceof SyntaxError) return refused(badRequest(error.message));
      throw error;
    }
  }

  async #result(method: string, payload: Payload, files: Files, response: ServerResponse): Promise<string> {
    switch (method) {
      case 'getupdates':
        return this.#poll(payload, response);
      case 'deletewebhook':
        this.#webhook = '';
        if (payload.drop_pending_updates === true) this.#parts.queue.clear();
        return 'true';
      case 'setwebhook':
        this.#webhook = String(payload.url ?? '');
        return 'true';
      case 'getwebhookinfo':
        return JSON.stringify({ url: this.#webhook, pending_update_count: this.#parts.queue.pending });
      default: {
        const run = METHODS[method];
        if (run === undefined) throw new ApiError(404, 'Not Found');
        return JSON.stringify(run(this.#parts, payload, files));
      }
    }
  }

  #poll(payload: Payload, response: ServerResponse): Promise<string> {
    if (this.#webhook !== '') throw conflict(WEBHOOK_SET);
    const { allowed_updates, ...params } = PollPayload.parse(payload);
    if (allowed_updates !== undefined) this.#parts.queue.allow(allowed_updates);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return this.#parts.poll.poll(params, gone.signal);
  }

  #sendFile(token: string | undefined, path: string | undefined, response: ServerResponse): void {
    const file = [...this.#parts.world.files.values()].find(({ name }) => name === path);
    if (token !== this.token || file === undefined) {
      send(response, 404, refusalJson(new ApiError(404, 'Not Found')));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(file.bytes);
  }
}

function refused(error: ApiError): { status: number; json: string } {
  return { status: error.status, json: refusalJson(error) };
}

function send(response: ServerResponse, status: number, json: string): void {
  if (response.destroyed) return;
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) })
    .end(json);
}

const JsonObject = z.record(z.string(), z.unknown());

/** `null` for a body that cannot be read. */
function payloadOf(
  request: IncomingMessage,
  body: Buffer,
  query: URLSearchParams,
): { payload: Payload; files: Files } | null {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = parseForm(body, type);
    return form === null ? null : { payload: form.fields, files: form.files };
  }
  if (body.length === 0) return { payload: Object.fromEntries(query), files: NO_FILES };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { payload: Object.fromEntries(new URLSearchParams(body.toString('utf8'))), files: NO_FILES };
  }
  try {
    const payload = JsonObject.safeParse(JSON.parse(body.toString('utf8')));
    return payload.success ? { payload: payload.data, files: NO_FILES } : null;
  } catch {
    return null;
  }
}
