/** Looks at a Telegram account once, with the one call that disturbs nobody: who am I? */
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ChannelFinding } from '../channel-check.ts';
import { clockDiffers } from '../server-clock.ts';
import { createAgent } from './connection-agent.ts';
import { faultCodeOf, isCertificateFault } from './connection-fault.ts';
import type { TelegramConfig } from './telegram-config.ts';

const ANSWER_WITHIN_MS = 10_000;

export async function checkTelegram(config: TelegramConfig, now: Date): Promise<readonly ChannelFinding[]> {
  const answer = await whoAmI(config).catch((cause: unknown) => cause);
  if (!isAnswer(answer)) return [findingOf(answer)];
  const { status, date, body } = answer;
  const found = judge(status, body);
  const more: readonly ChannelFinding[] = clockDiffers(date, now) ? ['clock-differs'] : [];
  return [found, ...more];
}

interface ApiAnswer {
  readonly status: number;
  readonly date: string | undefined;
  readonly body: string;
}

function isAnswer(given: unknown): given is ApiAnswer {
  return typeof given === 'object' && given !== null && 'status' in given && 'body' in given;
}

async function whoAmI({ apiRoot, token, proxy }: TelegramConfig): Promise<ApiAnswer> {
  const agent = createAgent({ apiRoot, proxy, sockets: 1 });
  const request = apiRoot.startsWith('https:') ? secureRequest : plainRequest;
  try {
    return await new Promise<ApiAnswer>((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const call = request(`${apiRoot}/bot${token}/getMe`, { agent, signal }, (response) => {
        const { statusCode: status = 0, headers } = response;
        text(response).then((body) => resolve({ status, date: headers.date, body }), reject);
      });
      call.on('error', (cause) => reject(signal.aborted ? new TookTooLong() : cause));
      call.end();
    });
  } finally {
    agent.destroy();
  }
}

class TookTooLong extends Error {}

function findingOf(cause: unknown): ChannelFinding {
  if (cause instanceof TookTooLong) return 'silent';
  return isCertificateFault(faultCodeOf(cause)) ? 'certificate' : 'unreachable';
}

// https://core.telegram.org/bots/api#getme
const Me = z.object({
  ok: z.literal(true),
  result: z.object({ can_read_all_group_messages: z.boolean().default(false) }),
});

function judge(status: number, body: string): ChannelFinding {
  // A token of the wrong form is answered with 404.
  if (status === 401 || status === 404) return 'wrong-credentials';
  if (status === 429 || status >= 500) return 'unreachable';
  const me = Me.safeParse(fromJson(body)).data;
  if (me === undefined) return 'refused';
  return me.result.can_read_all_group_messages ? 'hears-everything' : 'well';
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
