import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName } from '../../src/lib/person-name.ts';

describe('a masked name', () => {
  it.each([
    ['王秀英', '王*英'],
    ['王芳', '王*'],
    ['王', '王*'],
    ['欧阳秀英', '欧**英'],
    ['阿卜杜拉·买买提', '阿**·买**'],
    ['阿依古丽•吐尔逊', '阿**•吐**'],
    ['Айгүл Нұрлан', 'А** Н**'],
    ['ئالىم مۇھەممەت', 'ئ** م**'],
    ['John Smith', 'J** S**'],
    ['🌸小芳', '🌸**'],
    [' 王秀英 ', '王*英'],
    ['', ''],
  ])('of %s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('hides at least one character of every part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(/[\p{L}]/u.test(name));
        expect(maskName(name)).toContain('*');
        expect(maskName(name)).not.toBe(name);
      }),
    );
  });
});
