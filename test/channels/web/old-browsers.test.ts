/** The page opens in the browser inside WeChat on old phones: its script and styles use nothing those do not know. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../../src/channels/web');
const files = (ending: string) =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** Syntax by the edition of ECMAScript that brought it, all later than 2019. */
const NEWER_NODES: readonly [type: string, edition: number][] = [
  ['OptionalChainingExpression', 2020],
  ['BigIntLiteral', 2020],
  ['ImportMeta', 2020],
  ['ClassProperty', 2022],
  ['PrivateProperty', 2022],
  ['PrivateMethod', 2022],
  ['StaticBlock', 2022],
];
const NEWER_OPERATORS = ['??', '??=', '||=', '&&='];
/** Functions of the language and the browser that came after Chromium 61, the first with modules. */
const NEWER_CALLS =
  /\.(?:at|replaceAll|flat|flatMap|matchAll|allSettled|findLast|findLastIndex|toSorted|toReversed|hasOwn|replaceChildren)\(|structuredClone|queueMicrotask|globalThis|serviceWorker|ResizeObserver|AbortSignal/;

function newerSyntax(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const one of node) newerSyntax(one, found);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return found;
  const fields = Object.entries(node);
  for (const [name, value] of fields) {
    if (name === 'type' && NEWER_NODES.some(([type]) => type === value)) found.push(String(value));
    if (name === 'operator' && NEWER_OPERATORS.includes(String(value))) found.push(String(value));
    newerSyntax(value, found);
  }
  return found;
}

const readScript = (text: string) => parseSync(text, { syntax: 'ecmascript', target: 'esnext' });

describe('the scripts', () => {
  it.each(files('.js'))('$name is written in no newer language than of 2019', ({ text }) => {
    expect(newerSyntax(readScript(text))).toEqual([]);
  });

  it.each(files('.js'))('$name calls nothing that an old browser lacks, and needs no service worker', ({ text }) => {
    expect(text.split('\n').filter((line) => NEWER_CALLS.test(line))).toEqual([]);
  });

  it('would be found out', () => {
    expect(newerSyntax(readScript('a?.b; c ?? d; e ||= 1;'))).toEqual(
      expect.arrayContaining(['OptionalChainingExpression', '??', '||=']),
    );
    expect('list.at(-1)').toMatch(NEWER_CALLS);
  });
});

/** What those that lack it would not merely leave out, but break the rest of the sheet by. */
const NEWER_STYLES = /@layer|@container|:has\(|:is\(|:where\(|&\s*[.:{]|color-mix|oklch|\d(?:d|s|l)vh\b|inset-inline/;

/** The simulator is for the office. */
const OF_RESIDENTS = files('.css').filter(({ name }) => name !== 'simulator.css');

it.each(OF_RESIDENTS)('$name holds no selector or unit that an old browser drops the rule for', ({ text }) => {
  expect(text.split('\n').filter((line) => NEWER_STYLES.test(line))).toEqual([]);
});
