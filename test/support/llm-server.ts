/**
 * An OpenAI-compatible server on loopback, written from https://platform.openai.com/docs/api-reference/chat: it answers
 * what it was told to answer, and misbehaves on the wire in the ways such servers do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export const MODEL_KEY = 'sk-loopback-0001';
export const MODEL_NAME = 'loopback-1';

/** A string is what the model says. */
export type Reply =
  | string
  | { readonly status: number; readonly body?: string; readonly location?: string }
  /** Sends nothing at all, only the head, or a body without end. */
  | 'silence'
  | 'half'
  | 'endless'
  | 'hang up';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  /** As it came over the wire. */
  readonly raw: string;
  readonly system: string;
  readonly user: string;
}

export interface LlmServer {
  readonly baseUrl: string;
  readonly asked: Asked[];
  /** Of the next questions, in order; then `otherwise`. */
  readonly replies: { readonly says: Reply }[];
  otherwise: { readonly says: Reply };
  /** Answers nobody until `letGo`. */
  hold(): void;
  letGo(): void;
  close(): Promise<void>;
}

/** What a model that keeps to the contract says. */
export function meaning(intent: string, slots: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ intent, slots });
}

const Request = z.object({
  model: z.string(),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.string() }),
  ]),
  stream: z.literal(false),
});

export async function startLlmServer(): Promise<LlmServer> {
  const asked: Asked[] = [];
  let held: PromiseWithResolvers<void> | null = null;
  const http = createServer(async (request, response) => {
    const raw = await bodyOf(request);
    const question = Request.safeParse(JSON.parse(raw));
    if (question.success && request.method === 'POST') {
      const [system, user] = question.data.messages;
      const { authorization } = request.headers;
      asked.push({ path: request.url ?? '', authorization, raw, system: system.content, user: user.content });
      await held?.promise;
      answer(
        response,
        refusal(authorization, question.data.model) ?? (server.replies.shift() ?? server.otherwise).says,
      );
    } else answer(response, { status: 400 });
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const address = http.address();
  const server: LlmServer = {
    baseUrl: `http://127.0.0.1:${portOf(address)}/v1`,
    asked,
    replies: [],
    otherwise: { says: meaning('none') },
    hold: () => {
      held = Promise.withResolvers();
    },
    letGo: () => {
      held?.resolve();
      held = null;
    },
    close: async () => {
      server.letGo();
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
  return server;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

function refusal(authorization: string | undefined, model: string): Reply | null {
  if (authorization !== `Bearer ${MODEL_KEY}`) return { status: 401 };
  return model === MODEL_NAME ? null : { status: 404 };
}

function answer(response: ServerResponse, says: Reply): void {
  if (says === 'silence') return;
  if (says === 'hang up') response.socket?.destroy();
  else if (says === 'half' || says === 'endless') {
    response.writeHead(200, JSON_HEAD);
    response.write('{"choices":[{"message":{"content":"');
    if (says === 'endless') pour(response);
  } else if (typeof says === 'string') {
    response.writeHead(200, JSON_HEAD);
    response.end(completion(says));
  } else {
    response.writeHead(
      says.status,
      says.location === undefined ? JSON_HEAD : { ...JSON_HEAD, location: says.location },
    );
    response.end(says.body ?? '{"error":{"message":"refused for the test"}}');
  }
}

const JSON_HEAD = { 'content-type': 'application/json' };

function completion(content: string): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: MODEL_NAME,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 900, completion_tokens: 20, total_tokens: 920 },
  });
}

/** As fast as somebody reads. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write('x'.repeat(16 * 1024))) setImmediate(() => pour(response));
  else response.once('drain', () => pour(response));
}
