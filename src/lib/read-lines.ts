/** Reads a stream line by line. Lines end at \n and nowhere else: `node:readline` also breaks at U+2028, which people type. */
import type { Readable } from 'node:stream';

export async function* readLines(from: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of from) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  const last = rest + decoder.decode();
  if (last !== '') yield last;
}
