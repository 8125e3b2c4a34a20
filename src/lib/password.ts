/** Staff passwords: hashed with argon2id, checked in the same time whether the account exists or not. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { LvlinError } from '../model/errors.ts';
import { createGate, type Gate } from './gate.ts';

export interface Passwords {
  /** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(password: string): Promise<string>;
  /** Without a stored hash (no such account) it takes as long and is false. Throws `password-malformed` for a broken one. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

interface Cost {
  memoryKib: number;
  passes: number;
  parallelism: number;
}

// OWASP ASVS 5.0, appendix C: argon2id with m=47104 (46 MiB), t=1, p=1.
const COST: Cost = { memoryKib: 47_104, passes: 1, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;
const argon2Async = promisify(argon2);

/** At most `atOnce` at a time: each takes 46 MB and a core, and a flood of sign-ins must not stop the bot. */
export function createPasswords(atOnce = 2): Passwords {
  const gate = createGate(atOnce);

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const derived = await derive(gate, password, salt, HASH_BYTES, COST);
    const { memoryKib, passes, parallelism } = COST;
    return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${toPhc(salt)}$${toPhc(derived)}`;
  }

  async function verify(password: string, stored: string | undefined): Promise<boolean> {
    if (stored === undefined) {
      await hash(password);
      return false;
    }
    const { salt, expected, cost } = parsePhc(stored);
    const derived = await derive(gate, password, salt, expected.length, cost);
    return timingSafeEqual(derived, expected);
  }

  return { hash, verify };
}

/** NFKC, as NIST SP 800-63B asks: a password typed full-width by an input method is the same password. */
function derive(gate: Gate, password: string, nonce: Buffer, tagLength: number, cost: Cost): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  const { memoryKib: memory, passes, parallelism } = cost;
  return gate.run(() => argon2Async('argon2id', { message, nonce, tagLength, memory, passes, parallelism }));
}

function parsePhc(stored: string): { salt: Buffer; expected: Buffer; cost: Cost } {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  const expected = Buffer.from(hash, 'base64');
  if (expected.length < 16) throw new LvlinError('password-malformed');
  const cost = { memoryKib: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { salt: Buffer.from(salt, 'base64'), expected, cost };
}

function toPhc(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
