/** Every sentence and every word the bot knows lives in prompts/ and data/, where people can edit it. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are source text
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
// Ideographs, and the punctuation and full-width forms that come with them.
const CHINESE = /[\p{Script=Han}\u3000-\u303f\ufe30-\ufe4f\uff00-\uff65]/u;
// After one of these a slash begins a regular expression; after anything else it divides.
const BEFORE_REGEX =
  /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|await|yield|delete|throw|new))\s*$/;

/** The source with its comments blanked and everything else in its place. */
function withoutComments(source: string): string {
  let kept = '';
  let at = 0;
  // One entry for each template whose ${…} we are inside of: how many braces are open in it.
  const templates: number[] = [];

  function take(end: number, isKept: boolean): void {
    const part = source.slice(at, end);
    kept += isKept ? part : part.replace(/[^\n]/g, ' ');
    at = end;
  }

  while (at < source.length) {
    const two = source.slice(at, at + 2);
    const one = source.charAt(at);
    if (two === '//') take(endOf(source, at, /\n|$/g), false);
    else if (two === '/*') take(endOf(source, at + 2, /\*\/|$/g), false);
    else if (one === "'" || one === '"')
      take(endOf(source, at + 1, one === "'" ? /(?:\\.|[^'\\])*(?:'|$)/sy : /(?:\\.|[^"\\])*(?:"|$)/sy), true);
    else if (one === '/' && BEFORE_REGEX.test(kept.slice(-40)))
      take(endOf(source, at + 1, /(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*(?:\/|$)/my), true);
    else if (one === '`' || (one === '}' && templates.at(-1) === 0)) {
      if (one === '}') templates.pop();
      const end = endOf(source, at + 1, /(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/sy);
      if (source.charAt(end - 1) === '{') templates.push(0);
      take(end, true);
    } else {
      const open = templates.pop();
      if (open !== undefined) templates.push(open + (one === '{' ? 1 : one === '}' ? -1 : 0));
      take(at + 1, true);
    }
  }
  return kept;
}

function endOf(source: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  const match = pattern.exec(source);
  return match === null ? source.length : Math.max(from, match.index + match[0].length);
}

function chineseLines(source: string): string[] {
  return withoutComments(source)
    .split('\n')
    .flatMap((line, index) => (CHINESE.test(line) ? [`${index + 1}: ${line.trim()}`] : []));
}

describe('the source', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?[jt]s$/.test(file));

  it('is there to be looked at', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it('says nothing in Chinese outside of comments', () => {
    const found = files.flatMap((file) =>
      chineseLines(readFileSync(SOURCE + file, 'utf8')).map((line) => `src/${file}:${line}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the scanner for Chinese', () => {
  it.each([
    "say('报名')",
    'say("报名")',
    'say(`第 ${n} 位`)',
    'say(`${a ? `${b}` : "c"}位`)',
    'say(`${(() => { return { a: "位" }; })()}`)',
    'const pattern = /报名/u;',
    'const pattern = /[/"]报名/u;',
    "const url = 'https://x'; const word = '报';",
    'if (/\\//.test(x)) say("报");',
    "const stop = '。';",
    "const wide = 'Ａ';",
    'const 名 = 1;',
    "// it's\nsay('报');",
    "/* ' */ say('报');",
    "const half = a / 2; // '\nsay('报');",
    "const text = 'it\\'s // 报';",
    'f(/`/); say("报"); f(/`/);',
  ])('finds it in %s', (source) => {
    expect(chineseLines(source)).toHaveLength(1);
  });

  it.each([
    '// 报名',
    '/* 报名 */ say(key)',
    '/** 社区 (community)\n * 楼栋 */',
    "const url = 'https://x'; // 报名",
    'const half = a / b; // 报 / 名',
    'const p = /[/*]/; // 报名',
    'const t = `${a /* 报名 */}`;',
    "const pattern = '\\u4e00-\\u9fff';",
  ])('lets comments be in %s', (source) => {
    expect(chineseLines(source)).toEqual([]);
  });
});
