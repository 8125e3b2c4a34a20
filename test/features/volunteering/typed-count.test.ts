/** Numbers of people as a worker types them. */
import { describe, expect, it } from 'vitest';
import { readTypedCount } from '../../../src/features/volunteering/typed-count.ts';
import { shippedContent } from '../../support/shipped-content.ts';

const { languageTables } = await shippedContent();

describe('a number of people', () => {
  it.each([
    ['4', 4],
    ['４', 4],
    [' 12 ', 12],
    ['四', 4],
    ['两个', 2],
    ['俩', 2],
    ['十二', 12],
    ['二十人', 20],
    ['3位', 3],
    ['0', 0],
    ['几个', null],
    ['两三个', null],
    ['一百', 100],
    ['-3', null],
    ['1.5', null],
    ['', null],
  ])('%s is %s', (typed, count) => {
    expect(readTypedCount(typed, languageTables)).toBe(count);
  });
});
