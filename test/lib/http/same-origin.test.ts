import { describe, expect, it } from 'vitest';
import { isSameOrigin } from '../../../src/lib/http/same-origin.ts';

const PUBLIC = 'https://bot.example/';

function post(headers: Record<string, string>, url = 'http://bot.example/c/1/say'): Request {
  return new Request(url, { method: 'POST', headers });
}

describe('the origin of a request', () => {
  it.each([
    ['a form of our page', { 'sec-fetch-site': 'same-origin' }],
    ['a form of our page behind a proxy that speaks HTTPS', { origin: 'https://bot.example' }],
    ['a form of our page over plain HTTP', { origin: 'http://bot.example' }],
  ])('is ours for %s', (_, headers) => {
    expect(isSameOrigin(post(headers), PUBLIC)).toBe(true);
  });

  it.each([
    ['a foreign page', { 'sec-fetch-site': 'cross-site', origin: 'https://bot.example' }],
    ['a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }],
    ['a foreign page in an old browser', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://bot.example:81' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['a tool that says nothing', {}],
  ])('is not ours for %s', (_, headers: Record<string, string>) => {
    expect(isSameOrigin(post(headers), PUBLIC)).toBe(false);
  });
});
