/** `understand` keeps its contract whatever comes in. */
import { describe, expect, it } from 'vitest';
import { runLvlin, startLvlin } from './run-lvlin.ts';

const PLEDGE = {
  id: 'd001',
  text: '我家承诺节水和光盘，3栋2单元501，四口人',
  chat: 'direct',
  mentioned: false,
  at: '2026-11-18T20:15:00+08:00',
  open: null,
};

function answersOf(out: string): Record<string, unknown>[] {
  const lines = out.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

describe('understand', () => {
  it('answers each line with its id, its intent and its slots', async () => {
    const ran = await runLvlin(['understand'], {}, `${JSON.stringify(PLEDGE)}\n`);
    const [answer] = answersOf(ran.out);
    expect(ran.code).toBe(0);
    expect(Object.keys(answer ?? {})).toEqual(['id', 'intent', 'slots']);
    expect(answer).toMatchObject({ id: 'd001', intent: 'pledge.make', slots: { people: 4 } });
  });

  it('says what is wrong with a line, goes on with the next, and ends with 3', async () => {
    const bad = [
      '{"id": "half',
      JSON.stringify({ id: 7, text: '你好', at: 'yesterday' }),
      JSON.stringify({ ...PLEDGE, id: 'last' }),
    ];
    const ran = await runLvlin(['understand'], {}, bad.join('\n'));
    expect(ran.code).toBe(3);
    expect(answersOf(ran.out)).toMatchObject([
      { error: 'not JSON', line: 1 },
      { id: 7, error: expect.stringContaining('at: '), line: 2 },
      { id: 'last', intent: 'pledge.make' },
    ]);
  });

  it('reads files of Windows, empty lines, and line separators inside a text', async () => {
    const text = `${JSON.stringify({ ...PLEDGE, text: '别再给我发了\u2028谢谢' })}`;
    const ran = await runLvlin(['understand'], {}, `${text}\r\n\r\n${JSON.stringify(PLEDGE)}\r\n`);
    expect(ran.code).toBe(0);
    expect(answersOf(ran.out)).toHaveLength(2);
  });

  it('takes a sentence as it is typed', async () => {
    const ran = await runLvlin(['understand', '大骨头扔哪'], {});
    expect(answersOf(ran.out)).toMatchObject([{ intent: 'waste.ask', slots: { item: '大骨头' } }]);
  });

  it('shows what a line looks like where one lacks something', async () => {
    const ran = await runLvlin(['understand'], {}, '{"text":"你好"}\n');
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('at: invalid_type');
    const [answer] = answersOf(ran.out);
    expect(answer).toHaveProperty('example', expect.stringContaining('"at":'));
  });

  it('gives its reasons when asked', async () => {
    const ran = await runLvlin(['understand', '--explain'], {}, JSON.stringify(PLEDGE));
    const [answer] = answersOf(ran.out);
    expect(answer).toHaveProperty('candidates.0.evidence.0.why');
    expect(answer).toHaveProperty('heard');
  });

  it('tells a person in lines why one sentence is taken so, the words and the scores', async () => {
    const ran = await runLvlin(['understand', '--explain', '旧灯馆扔哪'], { LVLIN_LOCALE: 'en' });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('Read as: 旧灯管扔哪\nMeans: waste.ask\n    item  灯管');
    expect(ran.out).toMatch(/灯管 \(waste 灯管\)/);
    expect(ran.out).toMatch(/^ {2}waste\.ask +4 {2}\+4 asks which bin/m);
  });

  it('answers while more is still to come', async () => {
    const child = startLvlin(['understand'], {});
    child.stdin.write(`${JSON.stringify(PLEDGE)}\n`);
    const first = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    expect(answersOf(first)).toHaveLength(1);
    child.stdin.end();
    await new Promise((resolve) => child.once('close', resolve));
  });

  it('ends quietly when nobody reads its answers any more', async () => {
    const child = startLvlin(['understand'], {});
    let told = '';
    child.stderr.on('data', (data) => {
      told += data;
    });
    child.stdout.destroy();
    child.stdin.on('error', () => {});
    child.stdin.end(`${JSON.stringify(PLEDGE)}\n`.repeat(5_000));
    await new Promise((resolve) => child.once('close', resolve));
    expect(told).toBe('');
  });
});
