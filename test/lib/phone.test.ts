import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSensitive, maskPhone, maskSensitive, plainPhone } from '../../src/lib/phone.ts';
import { threadTime } from '../support/processor-time.ts';

const valuesIn = (text: string) => findSensitive(text).map(({ kind, value }) => [kind, value]);

describe('a mobile number', () => {
  it.each([
    '13812345678',
    '138 1234 5678',
    '138-1234-5678',
    '138.1234.5678',
    '138—1234—5678',
    '138 12345678',
    '1381 234 5678',
    '138 123 45678',
    '+8613812345678',
    '+86 138 1234 5678',
    '+86-138-1234-5678',
    '8613812345678',
    '008613812345678',
    '１３８１２３４５６７８',
    '＋８６　１３８　１２３４　５６７８',
    '１３８－１２３４－５６７８',
  ])('is found written as %s', (written) => {
    expect(valuesIn(`我电话${written}，王秀英`)).toEqual([['phone', '13812345678']]);
  });

  it('is found beside other digits that stand apart', () => {
    expect(valuesIn('13812345678 2人')).toEqual([['phone', '13812345678']]);
    expect(valuesIn('1. 13812345678\n2. 139 0000 1111')).toEqual([
      ['phone', '13812345678'],
      ['phone', '13900001111'],
    ]);
  });

  it.each([
    '1 3 5',
    '3栋2单元501',
    '12345678901',
    '138123456789',
    '2021-06-05 13:00',
    '130 140 150 160',
    '0994-2345678',
    '1 3 5 7 9 11 13 15',
    '快递单号 7513812345678912',
  ])('is not seen in %s', (text) => {
    expect(valuesIn(text)).toEqual([]);
  });

  it('is masked in the middle', () => {
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskPhone('+86 138 1234 5678')).toBe('138****5678');
    expect(maskPhone('12345')).toBe('****');
    expect(maskSensitive('打 138 1234 5678 找我，或13900001111')).toBe('打 138****5678 找我，或139****1111');
  });

  it('is found wherever it stands between words', () => {
    const phone = fc.stringMatching(/^1[3-9]\d{9}$/);
    const words = fc.string({ unit: fc.constantFrom('我', '家', '，', '\n', 'a', '👍') });
    fc.assert(
      fc.property(words, phone, words, (before, number, after) => {
        expect(valuesIn(before + number + after)).toEqual([['phone', number]]);
        expect(maskSensitive(before + number + after)).not.toContain(number);
      }),
    );
  });
});

describe('an identity number', () => {
  it.each(['65230119620305123X', '65230119620305123x', '652301 19620305 1234', '６５２３０１１９６２０３０５１２３Ｘ'])(
    'is found written as %s',
    (written) => {
      expect(findSensitive(`身份证${written}。`)[0]?.kind).toBe('id-number');
      expect(maskSensitive(`身份证${written}。`)).toMatch(/^身份证652\*{13}..。$/);
    },
  );

  it('is not seen in a long number without a date of birth', () => {
    expect(valuesIn('652301999999991234')).toEqual([]);
  });
});

describe('masking', () => {
  it('leaves a text without numbers alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(findSensitive(text).length === 0);
        expect(maskSensitive(text)).toBe(text);
      }),
    );
  });

  it('leaves nothing to find', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789 -+X１３'), maxLength: 60 });
    fc.assert(
      fc.property(digits, (text) => {
        expect(findSensitive(maskSensitive(text))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes at most 10 ms for 100,000 hostile characters', () => {
    for (const unit of ['1', '13 ', '+86', '138 1234 ', '6523011962']) {
      const text = unit.repeat(100_000 / unit.length);
      const times = Array.from({ length: 5 }, () => threadTime(() => maskSensitive(text)));
      expect(Math.min(...times)).toBeLessThan(10);
    }
  });
});

it('a number to be rung has all its digits: mobile, or landline with its area code', () => {
  const fit = ['13812345678', '+86 138-1234-5678', '０９９４-２３４５６７８', '010 6234 5678'];
  expect(fit.map(plainPhone)).toEqual(['13812345678', '13812345678', '09942345678', '01062345678']);
  expect(['2345678', '62345678', '12345', '', '=HYPERLINK()'].map(plainPhone)).toEqual([null, null, null, null, null]);
});
