import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../src/lib/password.ts';
import { isLvlinError } from '../../src/model/errors.ts';
import { processTimeOf } from '../support/processor-time.ts';

const passwords = createPasswords();

describe('a password', () => {
  it('is kept as an argon2id hash with its cost and verifies', async () => {
    const stored = await passwords.hash('绿色的邻居们很多');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.verify('绿色的邻居们很多', stored)).toBe(true);
    expect(await passwords.verify('绿色的邻居们很少', stored)).toBe(false);
  });

  it('has another hash each time', async () => {
    expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'));
  });

  it('is the same typed full-width', async () => {
    expect(await passwords.verify('ｐａｓｓｗｏｒｄ１２', await passwords.hash('password12'))).toBe(true);
  });

  it('is false for an account that does not exist, after the same work', async () => {
    const stored = await passwords.hash('correct horse');
    const time = (hash: string | undefined) =>
      processTimeOf(async () => expect(await passwords.verify('wrong horse', hash)).toBe(false));
    const known = Math.min(await time(stored), await time(stored), await time(stored));
    const unknown = Math.min(await time(undefined), await time(undefined), await time(undefined));
    expect(unknown / known).toBeGreaterThan(0.3);
    expect(unknown / known).toBeLessThan(3);
  });

  it('verifies hashes of another cost', async () => {
    // Made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
    const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.verify('password', stored)).toBe(true);
  });

  it('with a broken hash is a fault with a code', async () => {
    const error = await passwords.verify('x', '$argon2id$broken').catch((thrown: unknown) => thrown);
    expect(isLvlinError(error, 'password-malformed')).toBe(true);
  });
});
