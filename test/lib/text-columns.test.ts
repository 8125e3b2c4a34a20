/** Cells under each other in a console that draws Han characters two cells wide. */
import { expect, it } from 'vitest';
import { textColumns } from '../../src/lib/text-columns.ts';

it('ends figures under each other whatever stands before them', () => {
  expect(
    textColumns([
      ['意思', '句数'],
      ['waste.ask', '7'],
    ]),
  ).toEqual(['意思       句数', 'waste.ask     7']);
});

it('makes nothing of nothing', () => {
  expect(textColumns([])).toEqual([]);
});
