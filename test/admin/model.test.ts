/** The page about the language model: what it says of what leaves the house, trying, switching on and off. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/store/audit-table.ts';
import { type LlmServer, MODEL_KEY, MODEL_NAME, meaning, startLlmServer } from '../support/llm-server.ts';
import { type Office, openOffice, type Visitor, visitorOf } from './admin-harness.ts';

const PATH = '/admin/settings/model';
let office: Office;
let server: LlmServer;
beforeEach(async () => {
  server = await startLlmServer();
});
afterEach(async () => {
  await office.close();
  await server.close();
});

async function atWork(environment: Readonly<Record<string, string>> = {}): Promise<Visitor> {
  office = await openOffice({ environment });
  await office.addStaff('boss', 'admin');
  const visitor = visitorOf(office.site);
  await visitor.signIn('boss');
  return visitor;
}

function typed(more: Readonly<Record<string, string>> = {}) {
  return { baseUrl: server.baseUrl, model: MODEL_NAME, password: MODEL_KEY, ...more };
}

const file = () => join(office.home, 'settings.json');
const saved = (): unknown => (existsSync(file()) ? JSON.parse(readFileSync(file(), 'utf8')) : {});

async function audited(): Promise<string[]> {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 9 }));
  return rows.map(({ action }) => action).filter((action) => action.startsWith('model.'));
}

describe('the language model', () => {
  it('is off at first, and the page says what would leave the house', async () => {
    const visitor = await atWork();
    const { text } = await visitor.get(PATH);
    for (const told of ['姓名、网名、电话、证件号、门牌', '一个人 20 句，一个群 60 句，一个社区 500 句']) {
      expect(text).toContain(told);
    }
    expect((await visitor.get('/admin/settings')).text).toContain('没有开，照样能用');
  });

  it('says how the address of a model is written, not that of the residents', async () => {
    const visitor = await atWork();
    const answer = await visitor.post(PATH, typed({ baseUrl: 'api.deepseek.com' }));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('网址要从 https:// 写起，一直写到 /v1');
    expect(answer.text).toContain('value="api.deepseek.com"');
    expect(saved()).toEqual({});
  });

  it('is asked something first, and kept only when it answers as agreed', async () => {
    const visitor = await atWork();
    expect((await visitor.post(PATH, typed())).location).toBe(PATH);
    expect(saved()).toEqual({ llmBaseUrl: server.baseUrl, llmModel: MODEL_NAME, llmApiKey: MODEL_KEY });
    expect(server.asked).toHaveLength(1);
    const page = await visitor.get(PATH);
    expect(page.text).toContain('开着，能用。');
    expect(page.text).not.toContain(MODEL_KEY);
    expect((await visitor.get(`${PATH}/change`)).text).not.toContain(MODEL_KEY);
    expect(await audited()).toEqual(['model.connect']);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a wrong key', { password: 'sk-wrong' }, '那边不认这个密钥'],
    ['a wrong name', { model: 'another' }, '没有这个名字的大模型'],
    ['nobody there', { baseUrl: 'http://127.0.0.1:1/v1' }, '连不上这个地址'],
  ])('with %s changes nothing and says what to do', async (_, fields, told) => {
    const visitor = await atWork();
    const answer = await visitor.post(PATH, typed(fields));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(told);
    expect(answer.text).toContain(`value="${fields.baseUrl ?? server.baseUrl}"`);
    expect(answer.text).not.toContain(MODEL_KEY);
    expect({ saved: saved(), audited: await audited() }).toEqual({ saved: {}, audited: [] });
    expect((await visitor.get('/admin/settings')).text).toContain('没有开，照样能用');
  });

  it('that answers in its own words is of no use', async () => {
    const visitor = await atWork();
    server.otherwise = { says: 'Hello! How can I help you today?' };
    expect((await visitor.post(PATH, typed())).text).toContain('没照约定的写法答');
    expect(saved()).toEqual({});
  });

  it('is not looked for without an address or at what is none', async () => {
    const visitor = await atWork();
    const empty = await visitor.post(PATH, typed({ baseUrl: '', model: '' }));
    expect(empty.status).toBe(422);
    expect((await visitor.post(PATH, typed({ baseUrl: '河边的电脑' }))).status).toBe(422);
    expect(server.asked).toEqual([]);
  });

  it('keeps its key where none is typed, until somebody says that it needs none', async () => {
    const visitor = await atWork();
    await visitor.post(PATH, typed());
    expect((await visitor.post(PATH, typed({ password: '' }))).location).toBe(PATH);
    expect(saved()).toMatchObject({ llmApiKey: MODEL_KEY });
    expect((await visitor.post(PATH, typed({ password: '', noKey: 'yes' }))).text).toContain('那边不认这个密钥');
    expect(saved()).toMatchObject({ llmApiKey: MODEL_KEY });
  });

  it('is tried with a sentence, and the page shows what left the house', async () => {
    const visitor = await atWork();
    await visitor.post(PATH, typed());
    server.replies.push({ says: meaning('waste.ask', { item: '灯棍儿' }) });
    const { text } = await visitor.post(`${PATH}/try`, { said: '我叫王秀英，住3栋501，那个灯棍儿搁哪' });
    expect(text).toContain('<blockquote>我叫⟦P1⟧，住⟦P2⟧，那个灯棍儿搁哪</blockquote>');
    expect(text).toContain('大模型看懂了。');
    expect(server.asked.at(-1)?.raw).not.toContain('王秀英');
    expect((await visitor.post(`${PATH}/try`, { said: '' })).status).toBe(422);
  });

  it('is forgotten with its key, and asked no more', async () => {
    const visitor = await atWork();
    await visitor.post(PATH, typed());
    expect((await visitor.post(`${PATH}/forget`)).location).toBe(PATH);
    expect(saved()).toEqual({});
    expect((await visitor.get('/admin/settings')).text).toContain('没有开，照样能用');
    expect((await visitor.post(`${PATH}/try`, { said: '大骨头扔哪' })).text).not.toContain('<blockquote>');
    expect(await audited()).toEqual(['model.forget', 'model.connect']);
  });

  it('that was set from outside cannot be changed here', async () => {
    const environment = { LLM_BASE_URL: server.baseUrl, LLM_MODEL: MODEL_NAME, LLM_API_KEY: MODEL_KEY };
    const visitor = await atWork(environment);
    const { text } = await visitor.get(`${PATH}/change`);
    expect(text).toContain('（LLM_BASE_URL）');
    expect(text).not.toContain(MODEL_KEY);
    expect(text).not.toContain(`${PATH}/forget`);
  });

  it('is for those who look after the office', async () => {
    await atWork();
    await office.addStaff('worker', 'worker');
    const worker = visitorOf(office.site);
    await worker.signIn('worker');
    expect((await worker.get(PATH)).status).toBe(403);
    expect((await worker.post(PATH, typed())).status).toBe(403);
    expect(server.asked).toEqual([]);
  });
});
