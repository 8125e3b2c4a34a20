/** What one visitor, one place and all open pages together may ask for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSite, REAL, type Site } from './open-site.ts';
import { visitorOf } from './visitor.ts';

const CHAT = `/c/${REAL}`;

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

function request(path: string, { cookie = '', address = '203.0.113.7', ...init }: Sent = {}) {
  const headers = { cookie, origin: site.url, 'x-test-address': address, accept: 'application/json' };
  return site.channel.routes.request(`${site.url}${path}`, { ...init, headers });
}
type Sent = { cookie?: string; address?: string; method?: string; body?: URLSearchParams; signal?: AbortSignal };

async function newCookie(): Promise<string> {
  const [set = ''] = (await request(CHAT)).headers.getSetCookie();
  return set.split(';')[0] ?? '';
}

let said = 0;
async function say(cookie: string, address?: string): Promise<number> {
  said += 1;
  const body = new URLSearchParams({ id: `client-${String(said).padStart(5, '0')}`, text: '你好' });
  const answer = await request(`${CHAT}/say`, { method: 'POST', body, cookie, ...(address ? { address } : {}) });
  return answer.status;
}

describe('a visitor', () => {
  it.each([
    ['without a signature', () => `lvlin=${'a'.repeat(43)}`],
    ['with the signature of another', (own: string) => own.replace(/=[\w-]{3}/, '=abc')],
    ['with a signature of its own', () => `lvlin=${'a'.repeat(43)}.${'b'.repeat(43)}`],
  ])('who made up a cookie %s is nobody, keeps the words and gets a true one', async (_, makeUp) => {
    const own = await newCookie();
    const visitor = visitorOf(site);
    const headers = { cookie: makeUp(own), origin: site.url };
    const body = new URLSearchParams({ id: 'client-0001', text: '我家承诺光盘' });
    const answer = await site.channel.routes.request(`${site.url}${CHAT}/say`, { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('>我家承诺光盘</textarea>');
    const [fresh = ''] = answer.headers.getSetCookie();
    expect(site.heard).toHaveLength(0);
    expect(await say(fresh.split(';')[0] ?? '')).toBe(200);
    expect((await visitor.get(CHAT)).status).toBe(200);
  });

  it('is known again by the cookie, which stays the same', async () => {
    const own = await newCookie();
    await say(own);
    expect(await (await request(CHAT, { cookie: own })).text()).toContain('你好');
    const [again = ''] = (await request(CHAT, { cookie: own })).headers.getSetCookie();
    expect(again.split(';')[0]).toBe(own);
  });
});

describe('one place', () => {
  it('says so much in a minute, whoever speaks there, and keeps nobody elsewhere from speaking', async () => {
    const statuses: number[] = [];
    for (let person = 0; person < 7; person += 1) {
      const cookie = await newCookie();
      for (let word = 0; word < 20; word += 1) statuses.push(await say(cookie, `203.0.113.${person}`));
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    expect(statuses.slice(120)).toEqual(Array.from({ length: 20 }, () => 429));
    expect(await say(await newCookie(), '198.51.100.1')).toBe(200);
    site.clock.set(new Date(site.clock.now().getTime() + 60_000));
    expect(await say(await newCookie())).toBe(200);
  });
});

describe('open pages', () => {
  it('are told the news as it comes, five of one visitor, and more when one is closed', async () => {
    const cookie = await newCookie();
    const closing = new AbortController();
    const first = await request(`${CHAT}/events`, { cookie, signal: closing.signal });
    const more = await Promise.all([1, 2, 3, 4, 5].map(() => request(`${CHAT}/events`, { cookie })));
    expect(more.map(({ status }) => status)).toEqual([200, 200, 200, 200, 204]);
    await first.body?.cancel();
    await expect.poll(async () => (await request(`${CHAT}/events`, { cookie })).status).toBe(200);
  });

  it('are told so 500 at most, whoever opened them', async () => {
    for (let visitor = 0; visitor < 100; visitor += 1) {
      const cookie = await newCookie();
      await Promise.all([1, 2, 3, 4, 5].map(() => request(`${CHAT}/events`, { cookie })));
    }
    expect((await request(`${CHAT}/events`, { cookie: await newCookie() })).status).toBe(204);
  });
});
