/** The check-up of the language model: whether it is of use, and what to do where it is not. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkModel } from '../../src/commands/doctor/model-check.ts';
import { readConfig } from '../../src/config.ts';
import type { Content } from '../../src/content/content.ts';
import { type LlmServer, MODEL_KEY, MODEL_NAME, meaning, type Reply, startLlmServer } from '../support/llm-server.ts';
import { shippedContent } from '../support/shipped-content.ts';
import { STAGE_START } from '../support/stage.ts';

let server: LlmServer;
beforeEach(async () => {
  server = await startLlmServer();
});
afterEach(() => server.close());

async function look(environment: Readonly<Record<string, string>> = {}, content?: Content) {
  const set = { LLM_BASE_URL: server.baseUrl, LLM_MODEL: MODEL_NAME, LLM_API_KEY: MODEL_KEY, ...environment };
  const read = readConfig({ environment: set });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const found = await checkModel(read.config, content ?? (await shippedContent()), STAGE_START);
  expect(JSON.stringify(found)).not.toContain(MODEL_KEY);
  return found.map(({ state, said }) => `${state} ${said.key}`);
}

test('without one nothing is said, and half of one is told', async () => {
  expect(await look({ LLM_BASE_URL: '', LLM_MODEL: '', LLM_API_KEY: '' })).toEqual([]);
  expect(await look({ LLM_MODEL: '' })).toEqual(['bad doctor.model-half']);
});

test('one that keeps to the contract is well', async () => {
  server.otherwise = { says: meaning('waste.ask') };
  expect(await look()).toEqual(['good doctor.model-well']);
});

test.each<[Reply, string]>([
  ['I would love to help!', 'bad doctor.model-off-contract'],
  ['hang up', 'warning doctor.model-unreachable'],
  ['endless', 'bad doctor.model-too-long'],
  [{ status: 429 }, 'warning doctor.model-busy'],
  [{ status: 502 }, 'warning doctor.model-failed'],
  [{ status: 200, body: '<html>' }, 'bad doctor.model-unreadable'],
])('one that answers %j is told', async (says, told) => {
  server.otherwise = { says };
  expect(await look()).toEqual([told]);
});

test('what it would be asked with and is missing is told, and nothing is sent', async () => {
  expect(await look({}, { ...(await shippedContent()), instructions: new Map() })).toEqual([
    'bad doctor.model-no-instructions',
  ]);
  expect(server.asked).toEqual([]);
});

test('a wrong key and a wrong name are told apart', async () => {
  expect(await look({ LLM_API_KEY: 'sk-wrong' })).toEqual(['bad doctor.model-refused']);
  expect(await look({ LLM_MODEL: 'another' })).toEqual(['bad doctor.model-no-such-model']);
});
