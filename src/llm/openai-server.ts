/**
 * Any server that answers `POST <base>/chat/completions` as OpenAI documents it: https://platform.openai.com/docs/api-reference/chat.
 * Only what all of them know is sent: LM Studio refuses `response_format: json_object`, others refuse newer names.
 */
import { Agent, fetch, type Response } from 'undici';
import { z } from 'zod';
import type { LanguageModel, ModelAnswer, ModelQuestion, ModelTrouble } from './language-model.ts';

export interface ServerConfig {
  /** Up to `/v1`, with or without a slash at the end. */
  readonly baseUrl: string;
  /** `null`: it asks for none, as servers on one's own machine do. */
  readonly apiKey: string | null;
  readonly model: string;
  /** Connecting, waiting and the whole answer together. */
  readonly withinMs: number;
}

/** Longer, and the person has put the phone away. */
export const ANSWERS_WITHIN_MS = 8_000;
// An answer of 300 tokens is 2 kB; what some servers tell about their counting stays below ten times that.
const MOST_BYTES = 64 * 1024;
// The longest answer of the contract is below 200.
const MOST_TOKENS = 300;
const KEPT = { connections: 8, pipelining: 1, keepAliveTimeout: 15_000 } as const;

export function createOpenAiServer(config: ServerConfig): LanguageModel {
  const agent = new Agent(KEPT);
  return {
    ask: (question) => ask(config, agent, question),
    close: () => agent.close(),
  };
}

async function ask(config: ServerConfig, dispatcher: Agent, question: ModelQuestion): Promise<ModelAnswer> {
  const signal = AbortSignal.timeout(config.withinMs);
  try {
    const response = await fetch(`${config.baseUrl.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: headersOf(config),
      body: JSON.stringify(bodyOf(config, question)),
      // A key given to one server is not for another.
      redirect: 'error',
      signal,
      dispatcher,
    });
    const refusal = refusalOf(response.status);
    const body = await readWithin(response, refusal === null ? MOST_BYTES : 0);
    if (refusal !== null) return { ok: false, why: refusal };
    return body === null ? { ok: false, why: 'too-long' } : answerIn(body);
  } catch {
    return { ok: false, why: signal.aborted ? 'too-slow' : 'unreachable' };
  }
}

function headersOf({ apiKey }: ServerConfig): Record<string, string> {
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  return apiKey === null ? json : { ...json, authorization: `Bearer ${apiKey}` };
}

function bodyOf({ model }: ServerConfig, { instructions, text }: ModelQuestion) {
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: text },
    ],
    temperature: 0,
    max_tokens: MOST_TOKENS,
    stream: false,
  };
}

function refusalOf(status: number): ModelTrouble | null {
  if (status === 200) return null;
  if (status === 401 || status === 403) return 'refused';
  if (status === 404) return 'no-such-model';
  return status === 429 ? 'busy' : 'failed';
}

/** `null`: there is more of it. What is not wanted is not read on, which ends the connection. */
async function readWithin({ body }: Response, most: number): Promise<string | null> {
  if (body === null) return '';
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

function answerIn(body: string): ModelAnswer {
  const completion = Completion.safeParse(parseJson(body)).data;
  const text = completion?.choices[0]?.message.content;
  return text === undefined ? { ok: false, why: 'unreadable' } : { ok: true, text };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
