import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyedHash,
  keyFromBase64,
  keyToBase64,
  newKey,
  open,
  seal,
  unwrapKey,
  wrapKey,
} from '../../src/lib/encryption.ts';
import { isLvlinError } from '../../src/model/errors.ts';

const key = newKey();

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return isLvlinError(error) ? error.code : 'no code';
  }
  return 'no error';
}

describe('a sealed text', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(open(key, seal(key, text, context), context)).toBe(text);
      }),
    );
  });

  it('is never the same twice and shows nothing of the text', () => {
    const one = seal(key, '13812345678', 'p1.phone');
    expect(one).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
    expect(one).not.toBe(seal(key, '13812345678', 'p1.phone'));
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').includes('138')).toBe(false);
  });

  it('does not open with another key or in another place', () => {
    const sealed = seal(key, '王秀英', 'p1.name');
    expect(codeOf(() => open(newKey(), sealed, 'p1.name'))).toBe('sealed-wrong');
    expect(codeOf(() => open(key, sealed, 'p2.name'))).toBe('sealed-wrong');
  });

  it('does not open when any byte of it has changed', () => {
    const [version, iv, body] = seal(key, 'abc', 'p1.name').split('.');
    const bytes = Buffer.from(body ?? '', 'base64url');
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(codeOf(() => open(key, [version, iv, changed.toString('base64url')].join('.'), 'p1.name'))).toBe(
        'sealed-wrong',
      );
    }
  });

  it('answers garbage with a code', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `v1.AAAAAAAAAAAAAAAA.${text}`),
        ),
        (text) => {
          expect(codeOf(() => open(key, text, ''))).toBe('sealed-wrong');
        },
      ),
    );
  });
});

describe('a key', () => {
  it('comes back from its wrapping with the same master only', () => {
    const master = newKey();
    const wrapped = wrapKey(master, key, 'community.c1');
    expect(unwrapKey(master, wrapped, 'community.c1').equals(key)).toBe(true);
    expect(codeOf(() => unwrapKey(newKey(), wrapped, 'community.c1'))).toBe('key-wrong');
    expect(codeOf(() => unwrapKey(master, wrapped, 'community.c2'))).toBe('key-wrong');
  });

  it('is read from the base64 it was written as', () => {
    expect(keyFromBase64(`${keyToBase64(key)}\n`).equals(key)).toBe(true);
    expect(codeOf(() => keyFromBase64('too short'))).toBe('key-malformed');
  });

  it('does not show its bytes when printed', () => {
    expect(inspect(key)).not.toContain(keyToBase64(key));
    expect(JSON.stringify({ key })).not.toContain(keyToBase64(key));
  });
});

describe('a keyed hash', () => {
  it('is the same for the same text and key, and differs otherwise', () => {
    expect(keyedHash(key, '13812345678')).toBe(keyedHash(key, '13812345678'));
    expect(keyedHash(key, '13812345678')).not.toBe(keyedHash(key, '13812345679'));
    expect(keyedHash(key, '13812345678')).not.toBe(keyedHash(newKey(), '13812345678'));
    expect(keyedHash(key, '')).toMatch(/^[\w-]{43}$/);
  });
});
