/** The page about this computer: what is kept in settings.json, what holds at once, and what waits. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/store/audit-table.ts';
import { type Office, ORIGIN, openOffice, type Visitor, visitorOf } from './admin-harness.ts';

const PATH = '/admin/settings/machine';
let office: Office;
afterEach(() => office.close());

async function atWork(options: Parameters<typeof openOffice>[0] = {}): Promise<Visitor> {
  office = await openOffice(options);
  await office.addStaff('boss', 'admin');
  const visitor = visitorOf(office.site);
  await visitor.signIn('boss');
  return visitor;
}

const saved = (): unknown => JSON.parse(readFileSync(join(office.home, 'settings.json'), 'utf8'));
const audited = async () => {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 9 }));
  return rows.map(({ action }) => action).filter((action) => action === 'settings.machine');
};

describe('this computer', () => {
  it('is found under a new address at once, and by another port from the next start on', async () => {
    const visitor = await atWork();
    const typed = { publicUrl: 'https://lvlin.example.org/', host: '0.0.0.0', port: '８０８０' };
    expect((await visitor.post(PATH, typed)).location).toBe(PATH);
    expect(saved()).toEqual({ publicUrl: 'https://lvlin.example.org/', host: '0.0.0.0', port: 8080 });
    const page = await visitor.get(PATH);
    expect(page.text).toContain('“网址里冒号后面的数”现在是“8787”，下次启动换成“8080”。');
    expect(page.text).toContain('“谁能打开”现在是“只有这台电脑”，下次启动换成“同一个网络里的电脑和手机”。');
    expect((await visitor.get('/admin/settings/groups')).text).toContain(
      `https://lvlin.example.org/c/${office.community.id}`,
    );
    expect(await audited()).toEqual(['settings.machine']);
  });

  it('takes an address as people say it, and none as the usual one', async () => {
    const visitor = await atWork();
    await visitor.post(PATH, { publicUrl: '192.168.1.5:8787', host: '127.0.0.1', port: '8787' });
    expect(saved()).toMatchObject({ publicUrl: 'http://192.168.1.5:8787' });
    await visitor.post(PATH, { publicUrl: '', host: '127.0.0.1', port: '' });
    expect(saved()).toEqual({ host: '127.0.0.1' });
    expect((await visitor.get('/admin/settings/groups')).text).toContain(`http://127.0.0.1:8787/c/`);
  });

  it.each([
    ['publicUrl', 'javascript:alert(1)'],
    ['publicUrl', '河边 3 号'],
    ['host', '<b>'],
    ['port', '0'],
    ['port', '70000'],
    ['port', '八千'],
  ])('is not kept with a %s of %s, and what was typed stays', async (field, value) => {
    const visitor = await atWork();
    const answer = await visitor.post(PATH, {
      publicUrl: 'http://a.example',
      host: '127.0.0.1',
      port: '8787',
      [field]: value,
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`id="f-${field}-fault"`);
    if (field !== 'publicUrl') expect(answer.text).toContain('value="http://a.example"');
    expect(() => saved()).toThrow();
    expect(await audited()).toEqual([]);
  });

  it('shows what the environment has fixed, with the name of the variable, and leaves it alone', async () => {
    const visitor = await atWork({ environment: { PORT: '9000', PUBLIC_URL: ORIGIN } });
    const page = await visitor.get(PATH);
    expect(page.text).toContain('在别处定好了，这里改不了；要改请找他（PORT）');
    expect(page.text).toContain('要改请找他（PUBLIC_URL）');
    expect(page.text).not.toContain('name="port"');
    await visitor.post(PATH, { publicUrl: 'http://elsewhere.example', host: '0.0.0.0', port: '1' });
    expect(saved()).toEqual({ host: '0.0.0.0' });
    expect((await visitor.get('/admin/settings/groups')).text).toContain(`${ORIGIN}/c/`);
  });

  it('whose file cannot be read is left as it is, in a sentence', async () => {
    const visitor = await atWork();
    mkdirSync(office.home);
    writeFileSync(join(office.home, 'settings.json'), '{ "po');
    const answer = await visitor.post(PATH, { publicUrl: '', host: '127.0.0.1', port: '8080' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('设置文件不完整');
    expect(readFileSync(join(office.home, 'settings.json'), 'utf8')).toBe('{ "po');
  });

  it('says which edited tables cannot be used, here and on the first page, to who can mend them', async () => {
    const lines = Array.from({ length: 12 }, (_, at) => `data/waste-guide.csv 第 ${at + 2} 行：“湿”不是其中一种`);
    const visitor = await atWork({ contentTrouble: lines });
    const page = await visitor.get(PATH);
    expect(page.text).toContain('data/waste-guide.csv 第 11 行');
    expect(page.text).not.toContain('data/waste-guide.csv 第 12 行');
    expect(page.text).toContain('还有 2 处');
    expect((await visitor.get('/admin')).text).toContain('改过的表或话术有 12 处写得不对');
    await office.addStaff('worker', 'worker');
    const worker = visitorOf(office.site);
    await worker.signIn('worker');
    expect((await worker.get('/admin')).text).not.toContain('改过的表或话术');
  });

  it('is for the administrator', async () => {
    await atWork();
    await office.addStaff('worker', 'worker');
    const worker = visitorOf(office.site);
    await worker.signIn('worker');
    expect((await worker.get(PATH)).status).toBe(403);
    expect((await worker.get('/admin/settings')).text).not.toContain('这台电脑');
  });
});
