import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTextFile } from '../../src/content/text-file.ts';
import type { ContentFault } from '../../src/model/content-fault.ts';

function read(text: string) {
  const faults: ContentFault[] = [];
  return { texts: parseTextFile('prompts/zh-CN/x.md', text, faults), faults };
}

describe('a file of texts', () => {
  test('gives each key its text exactly as it stands, blank lines around taken off', () => {
    const { texts, faults } = read(
      '# 承诺\n花括号里的词不要改。\n\n## pledge.made\n\n记下了，{name}！\n\n  #节水# **好**\n## 这不是键\n\n## pledge.asked\n对吗？\n',
    );
    expect(faults).toEqual([]);
    expect(texts).toEqual([
      {
        key: 'pledge.made',
        file: 'prompts/zh-CN/x.md',
        line: 4,
        variants: ['记下了，{name}！\n\n  #节水# **好**\n## 这不是键'],
      },
      { key: 'pledge.asked', file: 'prompts/zh-CN/x.md', line: 11, variants: ['对吗？'] },
    ]);
  });

  test('parts wordings by a line of three dashes, and reads what Windows writes', () => {
    expect(read('\uFEFF## a.b\r\n一\r\n---\r\n二\r\n三\r\n--- \r\n- 四\r\n').texts[0]?.variants).toEqual([
      '一',
      '二\n三',
      '- 四',
    ]);
  });

  test.each([
    '##a.b',
    '# a.b',
    '### a.b',
    ' ## a.b',
    '## a.b 说明',
    '## 承诺.made',
    '## hello',
    '#话题#',
    '-----',
    '## a.b.',
  ])('takes %j for text', (line) => {
    expect(read(`## x.y\n前\n${line}\n后\n`).texts).toMatchObject([{ key: 'x.y', variants: [`前\n${line}\n后`] }]);
  });

  test('reports a key that is written twice and a wording that is empty, with their lines', () => {
    expect(read('## a.b\n一\n## a.c\n二\n---\n\n## a.b\n三\n').faults).toEqual([
      { file: 'prompts/zh-CN/x.md', line: 3, code: 'text-empty', detail: { key: 'a.c' } },
      {
        file: 'prompts/zh-CN/x.md',
        line: 7,
        code: 'duplicate',
        detail: { value: 'a.b', firstFile: 'prompts/zh-CN/x.md', firstLine: 1 },
      },
    ]);
  });

  test('never changes or loses a text, whatever is in it', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ' '));
    const isText = (text: string) => !/^---[ \t]*$/.test(text) && !/^## [A-Za-z]/.test(text);
    const wording = fc
      .array(line.filter(isText), { minLength: 1 })
      .filter((lines) => lines.at(0)?.trim() !== '' && lines.at(-1)?.trim() !== '');
    const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}(\.[a-z0-9-]{1,8}){1,2}$/);
    const file = fc.uniqueArray(fc.tuple(key, fc.array(wording, { minLength: 1, maxLength: 3 })), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(file, fc.constantFrom('\n', '\r\n'), (written, ending) => {
        const source = written.map(([name, wordings]) => {
          const body = wordings.map((lines) => lines.join('\n')).join('\n\n---\n');
          return `## ${name}\n\n${body}\n\n`;
        });
        const { texts, faults } = read(source.join('').replaceAll('\n', ending));
        expect(faults).toEqual([]);
        expect(texts.map((text) => [text.key, text.variants])).toEqual(
          written.map(([name, wordings]) => [name, wordings.map((lines) => lines.join('\n'))]),
        );
      }),
    );
  });
});
