/** The page on which a worker teaches the bot what people here call things. */
import { afterEach, describe, expect, it } from 'vitest';
import { keepRule } from '../../src/features/waste-guide/waste-guide-service.ts';
import { listOwnWords } from '../../src/store/own-word-table.ts';
import { listWasteRules } from '../../src/store/waste-rule-table.ts';
import { type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

const PATH = '/admin/settings/words';
let office: Office;
afterEach(() => office.close());

async function atWork(role: 'worker' | 'viewer' = 'worker'): Promise<Visitor> {
  office = await openOffice();
  await office.addStaff(role, role);
  const visitor = visitorOf(office.site);
  await visitor.signIn(role);
  return visitor;
}

const kept = () => office.store.read((tx) => listOwnWords(tx, office.community.id));
const tried = (text: string) => `${PATH}?try=${encodeURIComponent(text)}`;

describe('the page of words', () => {
  it('keeps a word for a thing, and the bot hears it at once', async () => {
    const worker = await atWork();
    expect((await worker.get(tried('软筒子'))).text).toContain('它听成：没听出跟它有关');
    const answer = await worker.post(PATH, { kind: 'waste', said: '软筒子', meaning: '旧报纸' });
    expect(answer.location).toBe(PATH);
    expect(await kept()).toMatchObject([
      { kind: 'waste', said: '软筒子', heard: '软筒子', meaning: 'w001', meant: '旧报纸' },
    ]);
    const page = await worker.get(tried('麻烦问下软筒子扔哪'));
    expect(page.text).toContain('软筒子 → 旧报纸');
    expect(page.text).toContain('它听成：问东西扔哪个桶');
    expect(page.text).toContain('问的东西：软筒子');
    expect(page.text).toContain('“软筒子”（要扔的东西）');
    expect(page.text).toContain('这句话它也会应');
    expect((await worker.get('/admin/settings')).text).toContain('教了 1 个本地说法');
  });

  it('keeps a word for a habit under its title, and shows a whole pledge', async () => {
    const worker = await atWork();
    await worker.post(PATH, { kind: 'habit', said: '碗底不剩米', meaning: '光盘行动' });
    const { text } = await worker.get(tried('我家承诺碗底不剩米，3栋2单元501，四口人'));
    expect(text).toContain('说到的习惯：光盘不剩饭');
    expect(text).toContain('“碗底不剩米”（习惯：光盘不剩饭）');
    expect(text).toContain('住在：3栋2单元501');
    expect(text).toContain('家里 4 口人');
  });

  it('shows which word it took for a mistyped one', async () => {
    const worker = await atWork();
    const { text } = await worker.get(tried('我家承诺节谁和光盘，3栋501'));
    expect(text).toContain('认字时当成：我家承诺节水');
    expect(text).toContain('凭这些词：“我家”、“承诺”、“节水”、“光盘”（习惯：光盘不剩饭）');
    expect((await worker.get(tried('我家承诺节水，3栋501'))).text).not.toContain('认字时当成');
  });

  it('names what comes near where nothing has that name, and gives back what was typed', async () => {
    const worker = await atWork();
    const answer = await worker.post(PATH, { kind: 'waste', said: '软筒子', meaning: '报纸箱' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('没有叫这个名字的');
    expect(answer.text).toContain('value="软筒子"');
    const habit = await worker.post(PATH, { kind: 'habit', said: '碗底不剩米', meaning: '盘不饭' });
    expect(habit.text).toMatch(/相近的有：[^。]*光盘不剩饭/);
    const nothing = await worker.post(PATH, { kind: 'habit', said: '碗底不剩米', meaning: 'xyz' });
    expect(nothing.text).toContain('习惯从边写边出来的名字里选');
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['收到', '收到通知'],
    ['别再给我发了', '不要再发消息'],
  ])('keeps nothing that already means something else: %s', async (said, means) => {
    const worker = await atWork();
    const answer = await worker.post(PATH, { kind: 'habit', said, meaning: '光盘行动' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`已经听成“${means}”`);
    expect(await kept()).toEqual([]);
  });

  it.each([
    [{ kind: 'waste', said: '筒', meaning: '报纸' }, 'f-said-fault'],
    [{ kind: 'waste', said: '', meaning: '报纸' }, 'f-said-fault'],
    [{ kind: 'waste', said: '软筒子', meaning: '' }, 'f-meaning-fault'],
    [{ said: '软筒子', meaning: '报纸' }, 'fault'],
  ])('says beside the field what is missing: %o', async (typed, fault) => {
    const worker = await atWork();
    const answer = await worker.post(PATH, typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(fault);
  });

  it('forgets a word with one press, and takes it up again with the next', async () => {
    const worker = await atWork();
    await worker.post(PATH, { kind: 'waste', said: '软筒子', meaning: '报纸' });
    const [word] = await kept();
    await worker.post(`${PATH}/${word?.id}/forget`, {});
    expect(await kept()).toEqual([]);
    const page = await worker.get(PATH);
    expect(page.text).toContain('忘掉了：软筒子 不再当成 报纸');
    expect(page.text).toContain('撤回这一步');
    await worker.post(PATH, { kind: 'waste', said: '软筒子', meaning: '报纸' });
    expect(await kept()).toHaveLength(1);
  });

  it('lists the bins the community decided on, and forgets one', async () => {
    const worker = await atWork();
    const rule = { communityId: office.community.id, name: '牛奶盒', class: 'other', note: '本小区不收' } as const;
    await office.store.write((tx) => keepRule(tx, { ...rule, staffId: null, now: START }));
    expect((await worker.get(PATH)).text).toContain('牛奶盒 → 其他垃圾 本小区不收');
    await worker.post(`${PATH}/rules/forget`, { name: '牛奶盒' });
    expect(await office.store.read((tx) => listWasteRules(tx, office.community.id))).toEqual([]);
  });

  it('brings along the word that a question on the first page was about', async () => {
    const worker = await atWork();
    expect((await worker.get(`${PATH}?said=${encodeURIComponent('软筒子')}`)).text).toContain('value="软筒子"');
  });

  it('may be looked at and tried by who may change nothing', async () => {
    const viewer = await atWork('viewer');
    const page = await viewer.get(tried('大骨头扔哪'));
    expect(page.text).toContain('它听成：问东西扔哪个桶');
    expect((await viewer.post(PATH, { kind: 'waste', said: '软筒子', meaning: '报纸' })).status).toBe(403);
  });
});
