/** A connection to the Bot API, secured where its address says so, through a proxy where one is set. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly proxy: URL | null;
}

const OPENED_WITHIN_MS = 15_000;
const LONGEST_HEAD = 16 * 1024;

export function targetOf(apiRoot: string, proxy: string | undefined): Target {
  const url = new URL(apiRoot);
  const isSecure = url.protocol === 'https:';
  return {
    host: withoutBrackets(url.hostname),
    port: Number(url.port) || (isSecure ? 443 : 80),
    isSecure,
    proxy: proxy === undefined ? null : new URL(proxy),
  };
}

/** Rejects with the error of the system or of TLS, by whose code it is known why. */
export async function openSocket(target: Target): Promise<Socket> {
  const socket = await openTo(target);
  if (!target.isSecure) return socket;
  if (target.proxy !== null) await tunnel(socket, target);
  const servername = /^[\d.]+$|:/.test(target.host) ? {} : { servername: target.host };
  return opened(secure({ socket, host: target.host, ...servername }), 'secureConnect');
}

/** The proxy hears whole addresses of what is not secured, so only the rest needs a tunnel. */
function openTo({ host, port, proxy }: Target): Promise<Socket> {
  if (proxy === null) return opened(connect({ host, port, noDelay: true }), 'connect');
  const proxyHost = withoutBrackets(proxy.hostname);
  if (proxy.protocol === 'https:') {
    return opened(secure({ host: proxyHost, port: Number(proxy.port) || 443, servername: proxyHost }), 'secureConnect');
  }
  return opened(connect({ host: proxyHost, port: Number(proxy.port) || 80, noDelay: true }), 'connect');
}

async function tunnel(socket: Socket, { host, port, proxy }: Target): Promise<void> {
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n${proxyLogin(proxy)}\r\n`);
  const inTime = AbortSignal.timeout(OPENED_WITHIN_MS);
  let head = '';
  // A tunnel that stands has no body, so nothing behind the head can be lost.
  while (!head.includes('\r\n\r\n') && head.length < LONGEST_HEAD) {
    const [piece] = await once(socket, 'data', { signal: inTime });
    head += String(piece);
  }
  if (/^HTTP\/1\.[01] 2\d\d /.test(head)) return;
  socket.destroy();
  throw Object.assign(new Error('the proxy made no tunnel'), { code: 'ERR_PROXY_TUNNEL' });
}

export function proxyLogin(proxy: URL | null): string {
  if (proxy === null || proxy.username === '') return '';
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(login).toString('base64')}\r\n`;
}

async function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  try {
    await once(socket, event, { signal: AbortSignal.timeout(OPENED_WITHIN_MS) });
    return socket;
  } catch (cause) {
    socket.destroy();
    throw cause;
  }
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
