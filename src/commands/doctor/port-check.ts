/** Is the address free, taken by the bot itself, or by somebody else? */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

const ANSWER_WITHIN_MS = 2_000;

export async function checkPort({ host, port, publicUrl }: Config): Promise<Finding> {
  const use = await portUse(host, port);
  if (use === 'free') return finding('port', 'good', say('doctor.port-free', { port }));
  if (use === 'ours') return finding('port', 'good', say('doctor.running', { address: publicUrl }));
  if (use === 'theirs') return finding('port', 'bad', say('doctor.port-taken', { port }));
  return finding('port', 'bad', say('doctor.port-refused', { host, port, code: use.code }));
}

/** `ours`: a bot answers there. A code: nobody could have it (an address of another machine, a port below 1,024). */
export async function portUse(host: string, port: number): Promise<'free' | 'ours' | 'theirs' | { code: string }> {
  const code = await tryListening(host, port);
  if (code === null) return 'free';
  if (code !== 'EADDRINUSE') return { code };
  return (await isOurs(localUrl(host, port))) ? 'ours' : 'theirs';
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

async function isOurs(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return answer.ok && (await answer.text()).trim() === 'ok';
  } catch {
    return false;
  }
}
