/** Connections that stay open between calls, through a proxy where one is set. */
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

export interface AgentNeeds {
  readonly apiRoot: string;
  readonly proxy?: string | undefined;
  readonly sockets: number;
  /** An idle connection is closed by us before the server closes it in the middle of our next call. */
  readonly idleMs?: number;
}

export function createAgent({ apiRoot, proxy, sockets, idleMs }: AgentNeeds): HttpAgent {
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets: sockets,
    ...(idleMs === undefined ? {} : { timeout: idleMs }),
    ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
  };
  return isSecure(apiRoot) ? new HttpsAgent(options) : new HttpAgent(options);
}

export function isSecure(apiRoot: string): boolean {
  return apiRoot.startsWith('https:');
}
