/** Who may see how the bot is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createBotMetrics, healthRoutes } from '../../src/server/health.ts';
import { openTestStore } from '../support/test-store.ts';

const TOKEN = 'a-token-of-32-letters-and-digits';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

async function statusesFor(isHere: boolean, token: string | null, authorization?: string): Promise<number[]> {
  const routes = healthRoutes({
    trouble: () => null,
    store: opened.store,
    channels: () => [],
    metrics: createBotMetrics(),
    clock: systemClock,
    instance: 'a',
    isFromThisMachine: () => isHere,
    token,
  });
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const answers = ['/livez', '/readyz', '/metrics'].map((path) => routes.request(path, { headers }));
  return (await Promise.all(answers)).map(({ status }) => status);
}

describe('the figures', () => {
  it('are for this machine', async () => {
    expect(await statusesFor(true, null)).toEqual([200, 200, 200]);
  });

  it('are for whoever has the token', async () => {
    expect(await statusesFor(false, TOKEN, `Bearer ${TOKEN}`)).toEqual([200, 200, 200]);
  });

  it.each([
    ['without a token', TOKEN, undefined],
    ['with a wrong token', TOKEN, `Bearer ${TOKEN}x`],
    ['with an empty token', TOKEN, 'Bearer '],
    ['where there is no token', null, 'Bearer null'],
  ])('are for nobody else: %s; that it lives may be known', async (_, token, authorization) => {
    expect(await statusesFor(false, token, authorization)).toEqual([200, 403, 403]);
  });
});
