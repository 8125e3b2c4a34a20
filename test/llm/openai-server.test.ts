import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOpenAiServer, type ServerConfig } from '../../src/llm/openai-server.ts';
import { type LlmServer, MODEL_KEY, MODEL_NAME, type Reply, startLlmServer } from '../support/llm-server.ts';

let server: LlmServer;
beforeEach(async () => {
  server = await startLlmServer();
});
afterEach(() => server.close());

// Long enough for a busy machine where an answer comes; short where none does.
const PATIENT_MS = 30_000;
const HASTY_MS = 150;

async function ask(config: Partial<ServerConfig> = {}) {
  const model = createOpenAiServer({
    baseUrl: server.baseUrl,
    apiKey: MODEL_KEY,
    model: MODEL_NAME,
    withinMs: PATIENT_MS,
    ...config,
  });
  const answer = await model.ask({ instructions: 'read it', text: '{"said":"x"}' });
  await model.close();
  return answer;
}

function says(reply: Reply): void {
  server.otherwise = { says: reply };
}

describe('a server that answers', () => {
  test('is sent the instructions and the text, and its words come back', async () => {
    says('whatever it says');
    expect(await ask()).toEqual({ ok: true, text: 'whatever it says' });
    expect(server.asked).toMatchObject([
      { path: '/v1/chat/completions', authorization: `Bearer ${MODEL_KEY}`, system: 'read it', user: '{"said":"x"}' },
    ]);
  });

  test('may be given with a slash at the end of its address', async () => {
    expect(await ask({ baseUrl: `${server.baseUrl}/` })).toMatchObject({ ok: true });
  });

  test('is sent no key where none is set', async () => {
    expect(await ask({ apiKey: null })).toEqual({ ok: false, why: 'refused' });
    expect(server.asked[0]?.authorization).toBeUndefined();
  });
});

describe('a server that does not', () => {
  test.each<[string, Reply, string]>([
    ['a wrong key', { status: 401 }, 'refused'],
    ['a forbidden one', { status: 403 }, 'refused'],
    ['an unknown path', { status: 404 }, 'no-such-model'],
    ['too many questions', { status: 429 }, 'busy'],
    ['a fault of its own', { status: 500 }, 'failed'],
    ['what is no JSON', { status: 200, body: '<html>hello</html>' }, 'unreadable'],
    ['JSON of another form', { status: 200, body: '{"answer":"hello"}' }, 'unreadable'],
    ['no words at all', { status: 200, body: '{"choices":[{"message":{"content":null}}]}' }, 'unreadable'],
    ['a body without end', 'endless', 'too-long'],
    ['a broken connection', 'hang up', 'unreachable'],
  ])('with %s is told apart', async (_, reply, why) => {
    says(reply);
    expect(await ask()).toEqual({ ok: false, why });
  });

  test.each<[string, Reply]>([
    ['nothing', 'silence'],
    ['half an answer', 'half'],
  ])('and sends %s is given up when its time is over', async (_, reply) => {
    says(reply);
    expect(await ask({ withinMs: HASTY_MS })).toEqual({ ok: false, why: 'too-slow' });
  });

  test('is not followed to another address with the key', async () => {
    const other = await startLlmServer();
    try {
      says({ status: 307, location: `${other.baseUrl}/chat/completions` });
      expect(await ask()).toEqual({ ok: false, why: 'unreachable' });
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('and is not there at all is told at once', async () => {
    const gone = await startLlmServer();
    await gone.close();
    expect(await ask({ baseUrl: gone.baseUrl })).toEqual({ ok: false, why: 'unreachable' });
  });
});
