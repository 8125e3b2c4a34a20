/** The program as it starts, with a model set: what a resident writes on the page reaches it, and its figures tell. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { MODEL_KEY, MODEL_NAME, meaning, startLlmServer } from '../support/llm-server.ts';
import { type RunningBot, startBot } from './running-bot.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };

/** As a browser that keeps its cookie. */
async function residentOf({ url, lines }: RunningBot) {
  const path = /\/c\/[\w-]+/.exec(lines())?.[0] ?? '';
  const opened = await fetch(`${url}${path}`);
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return {
    say: (text: string) => {
      const headers = { cookie, origin: url };
      return fetch(`${url}${path}/say`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ id: 'model0000message', text }),
      });
    },
    page: async () => (await fetch(`${url}${path}`, { headers: { cookie } })).text(),
  };
}

test('what nobody understands is asked of the model that is set, said back, and counted', async () => {
  const server = await startLlmServer();
  onTestFinished(() => server.close());
  server.otherwise = { says: meaning('pledge.make', { habits: ['clean-plate'] }) };
  const bot = await startBot({ LLM_BASE_URL: server.baseUrl, LLM_API_KEY: MODEL_KEY, LLM_MODEL: MODEL_NAME });
  const resident = await residentOf(bot);
  await resident.say('呜啦啦咕噜咕噜 13812345678');
  await vi.waitFor(async () => expect(await resident.page()).toContain('您是说，您家想做到：光盘不剩饭。'), PATIENCE);
  expect(server.asked.map(({ user }) => JSON.parse(user))).toEqual([{ said: '呜啦啦咕噜咕噜 ⟦P1⟧' }]);
  const figures = await (await fetch(`${bot.url}/metrics`)).text();
  expect(figures).toContain('lvlin_llm_readings_total{what="understood"} 1');
  expect(figures).toContain('lvlin_llm_in_flight 0');
  for (const secret of [MODEL_KEY, '呜啦啦', '13812345678']) expect(bot.lines()).not.toContain(secret);
  expect(await bot.stop()).toBe(0);
});
