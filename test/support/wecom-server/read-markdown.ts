/** What a person reads where Markdown is shown: as much of CommonMark as a chat has, written from its specification. */

/** Lines that only a soft break parts run together, as the specification has it. */
export function readMarkdown(markdown: string): string {
  let shown = '';
  let item: number | null = null;
  let isParagraph = false;
  let isBroken = true;
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') {
      shown = shown === '' ? '' : `${shown.trimEnd()}\n\n`;
      [isParagraph, isBroken] = [false, true];
      continue;
    }
    if (isParagraph && /^ {0,3}(?:=+|-+) *$/.test(line)) continue;
    if (/^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line)) continue;
    const block = blockOf(line, item, isParagraph);
    ({ item } = block);
    if (block.isNew && !isBroken) shown += '\n';
    else if (!isBroken) shown += ' ';
    shown += block.prefix + readInline(block.text.replace(/ +$/, ''));
    isBroken = / {2}$/.test(line);
    if (isBroken) shown += '\n';
    isParagraph = true;
  }
  return shown.trimEnd();
}

interface Block {
  readonly text: string;
  readonly prefix: string;
  readonly isNew: boolean;
  readonly item: number | null;
}

function blockOf(line: string, item: number | null, isParagraph: boolean): Block {
  const heading = /^ {0,3}#{1,6}(?: +(.*))?$/.exec(line);
  if (heading !== null) return { text: heading[1] ?? '', prefix: '', isNew: true, item: null };
  const quote = /^ {0,3}> ?(.*)$/.exec(line);
  if (quote !== null) return { text: quote[1] ?? '', prefix: '| ', isNew: true, item: null };
  const bullet = /^ {0,3}[-+*](?: +(.*))?$/.exec(line);
  if (bullet !== null) return { text: bullet[1] ?? '', prefix: '• ', isNew: true, item: null };
  const numbered = /^ {0,3}(\d{1,9})([.)])(?: +(.*))?$/.exec(line);
  // Only a list that begins with 1 may interrupt a paragraph.
  if (numbered !== null && (item !== null || !isParagraph || Number(numbered[1]) === 1)) {
    const number = item === null ? Number(numbered[1]) : item + 1;
    return { text: numbered[3] ?? '', prefix: `${number}${numbered[2]} `, isNew: true, item: number };
  }
  if (!isParagraph && /^ {4}/.test(line)) return { text: line.slice(4), prefix: 'code: ', isNew: true, item: null };
  return { text: line.replace(/^ +/, ''), prefix: '', isNew: false, item };
}

interface Run {
  readonly mark: string;
  length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly at: number;
}

function readInline(text: string): string {
  const pieces: string[] = [];
  const runs: Run[] = [];
  for (let place = 0; place < text.length; ) {
    const rest = text.slice(place);
    const found = tokenAt(rest);
    if (found === null) {
      const run = /^(?:\*+|_+)/.exec(rest)?.[0];
      if (run !== undefined) runs.push({ ...flanks(text, place, run), at: pieces.length });
      pieces.push(run ?? rest.charAt(0));
      place += run?.length ?? 1;
      continue;
    }
    pieces.push(found.shown);
    place += found.length;
  }
  pairUp(runs);
  for (const run of runs) pieces[run.at] = run.mark.repeat(run.length);
  return pieces.join('');
}

const TOKENS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^\\([!-/:-@[-`{-~])/, (match) => match[1] ?? ''],
  [/^https?:\/\/[!#-;=?-[\]^_a-z|~]+/, (match) => match[0]],
  [/^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/, (match) => match[2] ?? ''],
  [/^!?\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/, (match) => `${readInline(match[1] ?? '')}\n${match[2]}`],
  [/^<[A-Za-z/!?][^>]*>/, () => ''],
  [/^~~([^~]+)~~/, (match) => match[1] ?? ''],
  [/^&(lt|gt|amp|quot);/, (match) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[match[1] ?? ''] ?? ''],
  [/^&#(\d{1,7});/, (match) => String.fromCodePoint(Math.min(Number(match[1]), 0x10ffff))],
];

function tokenAt(rest: string): { shown: string; length: number } | null {
  for (const [pattern, show] of TOKENS) {
    const match = pattern.exec(rest);
    if (match !== null) return { shown: show(match), length: match[0].length };
  }
  return null;
}

/** CommonMark 6.2: what stands beside a run of marks tells whether it can open or close. */
function flanks(text: string, place: number, run: string): Omit<Run, 'at'> {
  const before = text[place - 1] ?? ' ';
  const after = text[place + run.length] ?? ' ';
  const isSpace = (one: string) => /\s/u.test(one);
  const isPunctuation = (one: string) => /[\p{P}\p{S}]/u.test(one);
  const isLeft = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const isRight = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  const mark = run.charAt(0);
  const opens = mark === '*' ? isLeft : isLeft && (!isRight || isPunctuation(before));
  const closes = mark === '*' ? isRight : isRight && (!isLeft || isPunctuation(after));
  return { mark, length: run.length, opens, closes };
}

function pairUp(runs: Run[]): void {
  for (const [index, closer] of runs.entries()) {
    if (!closer.closes) continue;
    for (let place = index - 1; place >= 0 && closer.length > 0; place -= 1) {
      const opener = runs[place];
      if (opener === undefined || opener.mark !== closer.mark || !opener.opens) continue;
      const taken = Math.min(opener.length, closer.length);
      opener.length -= taken;
      closer.length -= taken;
    }
  }
}
