/** What is asked of a password, who counts as the same place, and codes that are read out aloud. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordFault } from '../../src/admin/sign-in/password-rules.ts';
import { codeAsMeant, isSameHash, newCode, newToken, secretHash } from '../../src/admin/sign-in/secret.ts';
import { deviceOf } from '../../src/admin/sign-in/session-service.ts';
import { nextTipTimes } from '../../src/admin/tip-days-rules.ts';
import { addressPrefix } from '../../src/lib/http/address.ts';

const fault = (password: string, login = 'lishegong') => passwordFault(password, { login, again: password });

describe('a password', () => {
  it.each(['river willow green', '河边的柳树又绿了三回', 'x7#kQ9!vLm', '一二三四五六七八九十甲', 'Zhongwen mima 2 ge'])(
    'may be %s',
    (password) => {
      expect(fault(password)).toBeNull();
    },
  );

  it.each([
    ['short', 'too-short'],
    ['123456789', 'too-short'],
    ['1234567890', 'too-common'],
    ['0987654321', 'too-common'],
    ['aaaaaaaaaaaa', 'too-common'],
    ['abababababab', 'too-common'],
    ['qwertyuiop', 'too-common'],
    ['password123', 'too-common'],
    ['P@ssw0rd2026', 'too-common'],
    ['admin12345!', 'too-common'],
    ['Aa123456789', 'too-common'],
    ['woaini1314520', 'too-common'],
    ['lishegong2026', 'like-login'],
    ['长'.repeat(64).concat('短句子不同'.repeat(14)), 'password-too-long'],
  ])('is not %s', (password, why) => {
    expect(fault(password)).toBe(why);
  });

  it('is the same twice, however wide it was typed', () => {
    expect(passwordFault('river willow', { login: 'li', again: 'river willov' })).toBe('not-the-same');
    expect(passwordFault('river willow', { login: 'li', again: 'ｒｉｖｅｒ willow' })).toBeNull();
  });
});

describe('a place', () => {
  it.each([
    ['192.168.1.7', '192.168.1.7'],
    ['::ffff:192.168.1.7', '192.168.1.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });

  it('is the same for every address of a home', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const prefix = addressPrefix(address);
        if (!address.includes('.')) expect(addressPrefix(`${prefix}:0:0:0:1`)).toBe(prefix);
      }),
    );
  });
});

describe('a code', () => {
  it('is meant the same however it is read out and typed', () => {
    expect(newCode(2)).toMatch(/^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/);
    expect(codeAsMeant(' K7M2–X9PQ。')).toBe('k7m2x9pq');
    expect(codeAsMeant('OIL0')).toBe('0110');
    const code = newCode(3);
    expect(codeAsMeant(code.toUpperCase().replaceAll('-', ' '))).toBe(codeAsMeant(code));
  });

  it('is compared by its hash', () => {
    const token = newToken();
    expect(token).toHaveLength(43);
    expect(isSameHash(secretHash(token), secretHash(token))).toBe(true);
    expect(isSameHash(secretHash(token), secretHash(newToken()))).toBe(false);
    expect(isSameHash(secretHash(token), '')).toBe(false);
  });
});

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/99 Mobile Safari/537.36 MicroMessenger/8.0.2',
    'WeChat, Android',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1', 'Safari, iPhone'],
  ['curl/8.0', ''],
])('knows a browser by what people call it', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

describe('the next tips', () => {
  const zone = 'Asia/Shanghai';
  const times = (tips: { on: boolean; weekdays: number[]; time: string }, now: string, count: number) =>
    nextTipTimes({ tips, zone }, new Date(now), count).map((at) => at.toISOString());

  it('come today where the time is still ahead, else on the next of their days', () => {
    const tips = { on: true, weekdays: [3, 5], time: '09:30' };
    expect(times(tips, '2026-11-18T09:29:00+08:00', 2)).toEqual([
      '2026-11-18T01:30:00.000Z',
      '2026-11-20T01:30:00.000Z',
    ]);
    expect(times(tips, '2026-11-18T09:30:00+08:00', 1)).toEqual(['2026-11-20T01:30:00.000Z']);
  });

  it('reach over weeks on a single weekday, and never come while they are off', () => {
    expect(times({ on: true, weekdays: [3], time: '09:30' }, '2026-11-18T10:00:00+08:00', 3)).toHaveLength(3);
    expect(times({ on: false, weekdays: [3], time: '09:30' }, '2026-11-18T10:00:00+08:00', 3)).toEqual([]);
    expect(times({ on: true, weekdays: [], time: '09:30' }, '2026-11-18T10:00:00+08:00', 3)).toEqual([]);
  });
});
