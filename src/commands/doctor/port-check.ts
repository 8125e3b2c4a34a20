/** Is the address free, taken by the bot itself, or by somebody else? */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { instanceOf } from '../../lib/instance.ts';
import { INSTANCE_HEADER } from '../../server/health.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

const ANSWER_WITHIN_MS = 2_000;

export async function checkPort({ host, port, publicUrl, home }: Config): Promise<Finding> {
  const use = await portUse(host, port, home);
  if (use === 'free') return finding('port', 'good', say('doctor.port-free', { port }));
  if (use === 'ours') return finding('port', 'good', say('doctor.running', { address: publicUrl }));
  if (use === 'another') return finding('port', 'bad', say('doctor.port-another', { port }));
  if (use === 'theirs') return finding('port', 'bad', say('doctor.port-taken', { port }));
  return finding('port', 'bad', say('doctor.port-refused', { host, port, code: use.code }));
}

/** `ours`: the bot of this home answers there; `another`: one of another home. A code: nobody could have it (an address of another machine, a port below 1,024). */
export async function portUse(
  host: string,
  port: number,
  home: string,
): Promise<'free' | 'ours' | 'another' | 'theirs' | { code: string }> {
  const code = await tryListening(host, port);
  if (code === null) return 'free';
  if (code !== 'EADDRINUSE') return { code };
  return whoAnswers(localUrl(host, port), instanceOf(home));
}

/** `null`: it could be had, and was given back. */
async function tryListening(host: string, port: number): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function whoAnswers(url: string, instance: string): Promise<'ours' | 'another' | 'theirs'> {
  try {
    const answer = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!answer.ok || (await answer.text()).trim() !== 'ok') return 'theirs';
    return answer.headers.get(INSTANCE_HEADER) === instance ? 'ours' : 'another';
  } catch {
    return 'theirs';
  }
}
