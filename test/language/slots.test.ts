import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNativeChain } from '../../src/language/chain.ts';
import { readDates } from '../../src/language/date-slot.ts';
import { readHousehold } from '../../src/language/household-slot.ts';
import { normalise } from '../../src/language/normalise.ts';
import { readDigits, readNumber } from '../../src/language/number-words.ts';
import { readPhones } from '../../src/language/phone-slot.ts';
import { readTimes } from '../../src/language/time-slot.ts';
import { understand } from '../../src/language/understand.ts';
import { testVocabulary } from './language-tables.ts';

const vocabulary = testVocabulary();
const AT = '2026-11-22T10:00:00+08:00'; // a Sunday

const DIGITS = [...'零一二三四五六七八九'];
const FORMAL = [...'零壹贰叁肆伍陆柒捌玖'];

function spell(value: number, digits: readonly string[], powers: readonly string[]): string {
  if (value < 10) return digits[value] ?? '';
  const power = value >= 1_000 ? 1_000 : value >= 100 ? 100 : 10;
  const rest = value % power;
  const gap = rest > 0 && rest < power / 10 ? (digits[0] ?? '') : '';
  const head = power === 10 && value < 20 ? '' : (digits[Math.floor(value / power)] ?? '');
  return head + (powers[Math.log10(power) - 1] ?? '') + gap + (rest === 0 ? '' : spellInside(rest, digits, powers));
}

function spellInside(value: number, digits: readonly string[], powers: readonly string[]): string {
  return value >= 10 && value < 20 ? (digits[1] ?? '') + spell(value, digits, powers) : spell(value, digits, powers);
}

function sayDigits(digits: string, words: readonly string[]): string {
  return [...digits].map((digit) => words[Number(digit)] ?? '').join('');
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
}

describe('numbers', () => {
  it('come back from every way of writing them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999 }), (value) => {
        const ways = [String(value), spell(value, DIGITS, [...'十百千']), spell(value, FORMAL, [...'拾佰仟'])];
        for (const way of ways) expect(readNumber(way, vocabulary.numbers), way).toBe(value);
      }),
    );
  });

  it('come back digit by digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,9}$/), (digits) => {
        expect(readDigits(sayDigits(digits, DIGITS), vocabulary.numbers)).toBe(digits);
      }),
    );
  });
});

describe('phones', () => {
  const phone = fc
    .tuple(fc.constantFrom(...'3456789'), fc.stringMatching(/^\d{9}$/))
    .map(([second, rest]) => `1${second}${rest}`);
  const spellings: ((phone: string) => string)[] = [
    (digits) => digits,
    (digits) => `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
    (digits) => `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
    (digits) => `+86 ${digits}`,
    (digits) => `86-${digits}`,
    (digits) => fullWidth(digits),
    (digits) => sayDigits(digits, DIGITS),
    (digits) => sayDigits(digits, [...'零幺二三四五六七八九']),
  ];

  it('are read in every spelling', () => {
    fc.assert(
      fc.property(phone, fc.constantFrom(...spellings), (digits, spelling) => {
        const { text } = normalise(`我叫王芳，电话${spelling(digits)}，谢谢`, false, vocabulary.folding);
        expect(readPhones(text, vocabulary.phone).phones.map((found) => found.phone)).toEqual([digits]);
      }),
    );
  });

  it('are never cut out of an identity number or a bank card', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{16}[\dx]$/), fc.constantFrom('身份证', '卡号 '), (number, label) => {
        expect(readPhones(`${label}${number}`, vocabulary.phone).phones).toEqual([]);
      }),
    );
  });
});

describe('households', () => {
  const place = fc.record({
    building: fc.integer({ min: 1, max: 99 }),
    unit: fc.integer({ min: 1, max: 9 }),
    room: fc.integer({ min: 101, max: 3_409 }).filter((room) => room % 100 > 0),
  });
  const spellings: ((building: number, unit: number, room: number) => string)[] = [
    (building, unit, room) => `${building}栋${unit}单元${room}`,
    (building, unit, room) => `${building}号楼${unit}单元${room}室`,
    (building, unit, room) => `${building}幢${unit}单元${room}号`,
    (building, unit, room) => `${building}-${unit}-${room}`,
    (building, unit, room) => fullWidth(`${building}-${unit}-${room}`),
    (building, unit, room) => `${building} 号楼 ${unit} 单元 ${room}`,
    (building, unit, room) =>
      `${spell(building, DIGITS, ['十'])}号楼${DIGITS[unit] ?? ''}单元${sayDigits(String(room), DIGITS)}`,
    (building, unit, room) => `${building}棟${unit}單元${room}`,
  ];

  it('are read in every spelling', () => {
    fc.assert(
      fc.property(place, fc.constantFrom(...spellings), ({ building, unit, room }, spelling) => {
        const heard = normalise(`我家住${spelling(building, unit, room)}，三口人`, false, vocabulary.folding);
        const reading = readHousehold(heard.text, heard.said, vocabulary.household);
        expect(reading.household).toEqual({ building: String(building), unit: String(unit), room: String(room) });
      }),
    );
  });

  it.each([
    ['3-501', { building: '3', room: '501' }],
    ['三组15号', { building: '3', room: '15' }],
    ['6号楼东户', { building: '6', room: '东户' }],
    ['住幸福小区3栋', { compound: '幸福', building: '3' }],
    ['6栋2单元1104，啊不对是1014', { building: '6', unit: '2', room: '1014' }],
    ['A座1203', { building: 'A', room: '1203' }],
  ])('%s is read whole', (text, household) => {
    const heard = normalise(text, false, vocabulary.folding);
    expect(readHousehold(heard.text, heard.said, vocabulary.household).household).toEqual(household);
  });

  it.each(['3-5天', '9点半', '2026-11-20', '26度', '3号楼 2人', '15.5元'])('%s has no room', (text) => {
    const heard = normalise(text, false, vocabulary.folding);
    expect(readHousehold(heard.text, heard.said, vocabulary.household).household?.room).toBeUndefined();
  });
});

describe('dates and times', () => {
  it.each([
    ['周六', '2026-11-28'],
    ['下周六', '2026-11-28'],
    ['这周六', '2026-11-21'],
    ['礼拜天', '2026-11-29'],
    ['明天', '2026-11-23'],
    ['大后天', '2026-11-25'],
    ['4月12号', '2027-04-12'],
    ['十二月五号', '2026-12-05'],
    ['30号', '2026-11-30'],
    ['2号', '2026-12-02'],
  ])('on Sunday 22 November 2026 %s is %s', (words, date) => {
    expect(readDates(words, AT, vocabulary.date).map((found) => found.date)).toEqual([date]);
  });

  it('counts days as the clock in Shanghai does', () => {
    expect(readDates('今天', '2026-11-22T17:00:00Z', vocabulary.date)[0]?.date).toBe('2026-11-23');
  });

  it('knows no day that no month has', () => {
    expect(readDates('2月30号', AT, vocabulary.date)).toEqual([]);
  });

  it.each([
    ['早上9点', '09:00'],
    ['下午2点半', '14:30'],
    ['晚上七点一刻', '19:15'],
    ['中午12点', '12:00'],
    ['14:30', '14:30'],
    ['明早8点', '08:00'],
  ])('%s is %s', (words, time) => {
    expect(readTimes(words, vocabulary.time)[0]?.time).toBe(time);
  });
});

describe('people', () => {
  it.each([
    ['我和老伴都去', 2],
    ['带俩孩子', 3],
    ['一家三口', 3],
    ['两大一小', 3],
    ['一共5个', 5],
    ['算我一个', 1],
    ['报3个，哎不对报4个', 4],
    ['我们姐妹仨', 3],
  ])('植树报名，%s: %i', (words, party) => {
    const utterance = { text: `植树报名，${words}`, chat: 'direct' as const, mentioned: false, at: AT, open: null };
    expect(understand(utterance, vocabulary).slots.party).toBe(party);
  });
});

describe('chains', () => {
  const name = fc
    .tuple(fc.constantFrom('王', '李', '张', '欧阳'), fc.constantFrom('芳', '建国', '小燕'))
    .map((parts) => parts.join(''));
  const tail = fc.constantFrom('', ' 2人', ' 3号楼', ' 13812345678', ' 带扫帚', '+1', '\n补充一行');

  it('keeps every entry with its number, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ number: fc.integer({ min: 1, max: 30 }), name, tail }), { minLength: 1, maxLength: 12 }),
        (entries) => {
          const lines = entries.map((entry) => `${entry.number}. ${entry.name}${entry.tail}`);
          const heard = normalise(`#接龙\n周六植树\n${lines.join('\n')}`, false, vocabulary.folding);
          const chain = readNativeChain(heard, vocabulary.chain);
          expect(chain?.entries.map((entry) => [entry.number, entry.name])).toEqual(
            entries.map((entry) => [entry.number, entry.name]),
          );
          expect(chain?.theme).toBe('周六植树');
        },
      ),
    );
  });

  it('reads five hundred entries of one chain', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `${index + 1}. 张三 ${index % 20}号楼`);
    const heard = normalise(`#接龙\n清洁日\n${lines.join('\n')}`, false, vocabulary.folding);
    expect(readNativeChain(heard, vocabulary.chain)?.entries).toHaveLength(500);
  });

  it('never throws on what follows the marker', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => {
        const heard = normalise(`#接龙\n${body}`, false, vocabulary.folding);
        expect(() => readNativeChain(heard, vocabulary.chain)).not.toThrow();
      }),
    );
  });
});
