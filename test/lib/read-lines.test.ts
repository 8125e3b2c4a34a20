/** Lines of a stream, however it is cut into pieces. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLines } from '../../src/lib/read-lines.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(Readable.from(chunks))) lines.push(line);
  return lines;
}

it('are the same wherever the pieces are cut, in the middle of a character too', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', '楼', '𠮷', '\u2028', '\r', ' ') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(7)), async (lines, sizes) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const chunks: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = 1 + (sizes[turn % (sizes.length || 1)] ?? 0);
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(await linesOf(chunks)).toEqual(lines);
    }),
    { numRuns: 200 },
  );
});

it('hold a last one that does not end', async () => {
  expect(await linesOf([Buffer.from('one\ntwo')])).toEqual(['one', 'two']);
});
