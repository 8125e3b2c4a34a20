/** A browser reduced to what matters over HTTP: it keeps its cookies and fills in the forms it was shown. */
import type { Site } from './open-site.ts';

export interface Visitor {
  get(path: string): Promise<Answer>;
  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export function visitorOf(site: Site): Visitor {
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = cookie === '' ? init.headers : { ...init.headers, cookie };
    const response = await site.channel.routes.request(`${site.url}${path}`, { ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  return {
    get: (path) => request(path, { headers: {} }),
    post: (path, fields, headers = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) {
        for (const one of [value].flat()) body.append(name, one);
      }
      return request(path, { method: 'POST', body, headers: { origin: site.url, ...headers } });
    },
  };
}
