import { expect, it } from 'vitest';
import { writtenNumber } from '../../src/lib/written-number.ts';

it.each([
  ['4', 4],
  [' ４ ', 4],
  ['4口', 4],
  ['四口', 4],
  ['四口人', 4],
  ['两个', 2],
  ['俩', 2],
  ['十', 10],
  ['十二个人', 12],
  ['二十', 20],
  ['三十五', 35],
])('reads %s as %i', (text, number) => {
  expect(writtenNumber(text)).toBe(number);
});

it.each(['', '很多', '四五', '-1', '2.5', '十十', '1e3', '一二三四'])('does not take %j for a number', (text) => {
  expect(writtenNumber(text)).toBeNaN();
});
