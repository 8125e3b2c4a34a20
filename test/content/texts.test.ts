import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTexts } from '../../src/content/text-check.ts';
import { parseTextFile } from '../../src/content/text-file.ts';
import { createTexts } from '../../src/content/texts.ts';
import type { Say, Saying } from '../../src/model/text.ts';

function written(text: string, locale = 'zh-CN') {
  return parseTextFile(`prompts/${locale}/x.md`, text, []);
}

const texts = createTexts(
  new Map([
    ['zh-CN', written('## a.hello\n你好，{name}！\n## a.many\n一\n---\n二\n---\n三\n')],
    ['en', written('## a.hello\nHello {name}, {name}!\n', 'en')],
  ]),
);

describe('saying a text', () => {
  test('puts the values in, each time they are asked for', () => {
    expect(texts.render('en', 'a.hello', { name: '王' }, 'x')).toBe('Hello 王, 王!');
  });

  test('says it in Chinese where the language has no such text, or is not known at all', () => {
    expect(['一', '二', '三']).toContain(texts.render('en', 'a.many', {}, 'x'));
    expect(texts.render('ug', 'a.hello', { name: 3 }, 'x')).toBe('你好，3！');
  });

  test('never takes what a person typed for a variable', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(texts.render('zh-CN', 'a.hello', { name }, '')).toBe(`你好，${name}！`);
      }),
    );
    expect(texts.render('zh-CN', 'a.hello', { name: '{name}$&' }, '')).toBe('你好，{name}$&！');
  });

  test('picks the same wording for the same seed, and every wording for some', () => {
    const say = (seed: string) => texts.render('zh-CN', 'a.many', {}, seed);
    const said = Array.from({ length: 60 }, (_, index) => say(`chat-${index}`));
    expect(said).toEqual(Array.from({ length: 60 }, (_, index) => say(`chat-${index}`)));
    expect(new Set(said)).toEqual(new Set(['一', '二', '三']));
  });

  test('is refused with a code where nobody wrote it', () => {
    expect(() => texts.render('zh-CN', 'a.none', {}, '')).toThrow(
      expect.objectContaining({ code: 'content-broken', details: { key: 'a.none' } }),
    );
  });
});

describe('checking texts against what features say', () => {
  const catalogue = { 'a.hello': ['name'], 'a.bye': [] };

  test('finds nothing where all is right', () => {
    const right = written('## a.hello\n你好，{name}！\n## a.bye\n再见\n');
    expect(checkTexts('zh-CN', right, catalogue)).toEqual({ faults: [], warnings: [] });
  });

  test('finds a missing key, an unknown key, a missing and an unknown variable, all at once', () => {
    const wrong = written('## a.hello\n你好{name}\n---\n你好，{who}！\n## a.more\n还有\n');
    expect(checkTexts('zh-CN', wrong, catalogue).faults).toEqual([
      { file: 'prompts/zh-CN', code: 'text-missing', detail: { key: 'a.bye', locale: 'zh-CN' } },
      {
        file: 'prompts/zh-CN/x.md',
        line: 1,
        code: 'variable-missing',
        detail: { key: 'a.hello', variable: 'name', variant: 2 },
      },
      {
        file: 'prompts/zh-CN/x.md',
        line: 1,
        code: 'variable-unknown',
        detail: { key: 'a.hello', variable: 'who', variant: 2 },
      },
      { file: 'prompts/zh-CN/x.md', line: 5, code: 'text-unknown', detail: { key: 'a.more' } },
    ]);
  });

  test('only warns of a text that another language lacks, since Chinese is said instead', () => {
    const { faults, warnings } = checkTexts('en', written('## a.hello\nHi {name}\n', 'en'), catalogue);
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'text-missing', detail: { key: 'a.bye', locale: 'en' } }]);
  });

  test('only warns of a text that is too long, counted as people see characters', () => {
    const family = written('## a.bye\n👨‍👩‍👧‍👦再见\n');
    expect(checkTexts('zh-CN', family, { 'a.bye': [] }, { 'a.bye': 3 }).warnings).toEqual([]);
    expect(checkTexts('zh-CN', family, { 'a.bye': [] }, { 'a.bye': 2 })).toMatchObject({
      faults: [],
      warnings: [{ line: 1, code: 'text-too-long', detail: { key: 'a.bye', length: 3, limit: 2 } }],
    });
  });

  test('a key named like something every object has is still unknown', () => {
    expect(checkTexts('zh-CN', written('## a.constructor\nx\n'), {}).faults).toMatchObject([{ code: 'text-unknown' }]);
  });
});

test('what a feature says is held against its catalogue by the types', () => {
  const catalogue = { 'a.hello': ['name', 'count'], 'a.bye': [] } as const;
  const said: Saying[] = [];
  const say: Say<typeof catalogue, void> = (key, ...[variables = {}]) => {
    said.push({ key, variables });
  };
  say('a.bye');
  say('a.hello', { name: '王', count: 2 });
  // @ts-expect-error a variable is missing
  say('a.hello', { name: '王' });
  // @ts-expect-error a variable nobody declared
  say('a.hello', { name: '王', count: 2, who: '李' });
  // @ts-expect-error a key nobody declared
  say('a.more');
  expect(said.slice(0, 2)).toEqual([
    { key: 'a.bye', variables: {} },
    { key: 'a.hello', variables: { name: '王', count: 2 } },
  ]);
});
