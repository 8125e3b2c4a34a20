/** The connections of polling, kept between calls, through a proxy where one is set. */
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

export interface AgentNeeds {
  readonly apiRoot: string;
  readonly proxy?: string | undefined;
  readonly sockets: number;
}

export function createAgent({ apiRoot, proxy, sockets }: AgentNeeds): HttpAgent {
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets: sockets,
    ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
  };
  return apiRoot.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}
