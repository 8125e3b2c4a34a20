/**
 * Calls of a self-built WeCom app: the token is fetched once for all who wait, and once again where WeCom says that it
 * has run out. Whatever goes wrong is a finding, told apart by the number WeCom gives and never by its words.
 */
import { z } from 'zod';
import type { OwnerTrouble } from '../../model/owner-task.ts';
import { isTokenSpent, troubleOf } from './api-trouble.ts';

export interface WecomAppConfig {
  readonly corpId: string;
  readonly secret: string;
  readonly apiRoot: string;
  readonly timeoutMs: number;
}

export const WECOM_API_ROOT = 'https://qyapi.weixin.qq.com';
export const WECOM_API_TIMEOUT_MS = 10_000;

export type ApiResult<T> = { readonly ok: true; readonly value: T } | ApiRefusal;

export interface ApiRefusal {
  readonly ok: false;
  readonly why: OwnerTrouble;
  /** Sent, and never answered: it may have been carried out. */
  readonly isUnsure: boolean;
}

export interface WecomApi {
  call<T>(path: string, body: ApiBody, answer: z.ZodType<T>): Promise<ApiResult<T>>;
}

/** What is sent as JSON, or a file. */
export type ApiBody = Readonly<Record<string, unknown>> | FormData;

const Verdict = z.object({ errcode: z.number().default(0) });
const Token = z.object({ access_token: z.string(), expires_in: z.number() });
// Asked for anew a while before it runs out, because a call under way needs it too.
const SPARE_MS = 5 * 60_000;

export function createWecomApi(config: WecomAppConfig, steadyNow: () => number): WecomApi {
  let held: { readonly token: string; readonly goodUntil: number } | null = null;
  let asking: Promise<ApiResult<string>> | null = null;

  async function fetchToken(): Promise<ApiResult<string>> {
    const query = new URLSearchParams({ corpid: config.corpId, corpsecret: config.secret });
    const answer = await request(config, `gettoken?${query}`, { method: 'GET' }, Token);
    if (!answer.ok) return answer;
    const { access_token: token, expires_in: seconds } = answer.value;
    held = { token, goodUntil: steadyNow() + Math.max(0, seconds * 1_000 - SPARE_MS) };
    return { ok: true, value: token };
  }

  function token(): Promise<ApiResult<string>> {
    if (held !== null && steadyNow() < held.goodUntil) return Promise.resolve({ ok: true, value: held.token });
    asking ??= fetchToken().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function callOnce<T>(path: string, body: ApiBody, answer: z.ZodType<T>, spent: string | null) {
    // Whoever comes late with an old token does not throw away the new one.
    if (spent !== null && held?.token === spent) held = null;
    const given = await token();
    // Without a token nothing was asked for.
    if (!given.ok) return { used: null, result: { ...given, isUnsure: false } };
    const separator = path.includes('?') ? '&' : '?';
    const result = await request(config, `${path}${separator}access_token=${given.value}`, post(body), answer);
    return { used: given.value, result };
  }

  return {
    call: async (path, body, answer) => {
      const first = await callOnce(path, body, answer, null);
      if (first.result.ok || first.used === null || !isTokenSpent(first.result.why)) return first.result;
      return (await callOnce(path, body, answer, first.used)).result;
    },
  };
}

function post(body: ApiBody): RequestInit {
  if (body instanceof FormData) return { method: 'POST', body };
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

async function request<T>(
  { apiRoot, timeoutMs }: WecomAppConfig,
  path: string,
  init: RequestInit,
  answer: z.ZodType<T>,
): Promise<ApiResult<T>> {
  let json: unknown;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${apiRoot}/cgi-bin/${path}`, { ...init, signal, redirect: 'error' });
    if (!response.ok) return { ok: false, why: { code: 'unreachable', number: response.status }, isUnsure: true };
    json = await response.json();
  } catch (fault) {
    // The address holds the token, so the fault itself is not handed on.
    return { ok: false, why: { code: 'unreachable', number: null }, isUnsure: !wasNeverSent(fault) };
  }
  const verdict = Verdict.safeParse(json);
  if (verdict.success && verdict.data.errcode !== 0)
    return { ok: false, why: troubleOf(verdict.data.errcode), isUnsure: false };
  const parsed = answer.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, why: { code: 'unreachable', number: null }, isUnsure: true };
}

const Unconnected = z.object({ cause: z.object({ code: z.enum(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']) }) });

function wasNeverSent(fault: unknown): boolean {
  return Unconnected.safeParse(fault).success;
}
