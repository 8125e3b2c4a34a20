/** Posts to a webhook robot. Its key stands in the address, so neither the address nor a fault that quotes it is told on. */
import { z } from 'zod';
import type { Answer } from './transport.ts';

export interface WebhookLine {
  readonly url: string;
  readonly timeoutMs: number;
}

// HTTP says 200 to everything; what happened stands in the body (document 91770).
const Told = z.looseObject({ errcode: z.number() });

export function postMessage(line: WebhookLine, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return post(new URL(line.url), line.timeoutMs, { headers, body: JSON.stringify(body) });
}

export function postFile(line: WebhookLine, name: string, bytes: Uint8Array): Promise<Answer> {
  const url = new URL(line.url);
  url.pathname = url.pathname.replace(/\/send$/, '/upload_media');
  url.searchParams.set('type', 'file');
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  return post(url, line.timeoutMs, { body: form });
}

async function post(url: URL, timeoutMs: number, init: RequestInit): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, method: 'POST', redirect: 'error', signal });
    const told = Told.safeParse(await response.json()).data;
    return told === undefined ? { is: 'lost' } : { is: 'answered', errcode: told.errcode, body: told };
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'TimeoutError') return { is: 'timed-out' };
    return NEVER_LEFT.test(codeOf(fault)) ? { is: 'not-written' } : { is: 'lost' };
  }
}

// The line never stood: https://nodejs.org/api/errors.html#common-system-errors, and certificates.
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|CERT|^UNABLE_TO_/;

function codeOf(fault: unknown): string {
  const cause = fault instanceof Error ? fault.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
