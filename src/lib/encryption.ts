/** Personal data sealed for the disk (AES-256-GCM), keys wrapped by the master key, and hashes to look a value up by. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto';
import { LvlinError } from '../model/errors.ts';

/** A key object rather than bytes: it prints as nothing, so it can't slip into a log. */
export type SecretKey = KeyObject;

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const KEY_BYTES = 32;
// 96 random bits, as NIST SP 800-38D advises; good for 2^32 values under one key.
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `v1.<iv>.<ciphertext and tag>` in base64url. `context` says what it belongs to (record id and column) and must be given again to open it. */
export function seal(key: SecretKey, plaintext: string, context: string): string {
  return sealBytes(key, Buffer.from(plaintext, 'utf8'), context);
}

/** Throws `sealed-wrong` for another key, another context or a changed text. */
export function open(key: SecretKey, sealed: string, context: string): string {
  return openBytes(key, sealed, context).toString('utf8');
}

export function newKey(): SecretKey {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** Reads 32 bytes of base64 or base64url; throws `key-malformed` for anything else. */
export function keyFromBase64(text: string): SecretKey {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== KEY_BYTES) throw new LvlinError('key-malformed', { bytes: bytes.length });
  return createSecretKey(bytes);
}

export function keyToBase64(key: SecretKey): string {
  return key.export().toString('base64');
}

export function wrapKey(master: SecretKey, key: SecretKey, context: string): string {
  return sealBytes(master, key.export(), context);
}

/** Throws `key-wrong` where the master key is not the one that wrapped it. */
export function unwrapKey(master: SecretKey, wrapped: string, context: string): SecretKey {
  try {
    return createSecretKey(openBytes(master, wrapped, context));
  } catch (cause) {
    throw new LvlinError('key-wrong', {}, { cause });
  }
}

/** The same text gives the same 43 characters under the same key, and says nothing without it. */
export function keyedHash(key: SecretKey, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url');
}

function sealBytes(key: SecretKey, plaintext: Buffer, context: string): string {
  const iv = nextIv();
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context, 'utf8'));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${iv.toString('base64url')}.${body.toString('base64url')}`;
}

// A call for 12 random bytes costs as much as one for these. Each byte is handed out once.
const chance = Buffer.alloc(4_096);
let used = chance.length;

function nextIv(): Buffer {
  if (used + IV_BYTES > chance.length) {
    randomFillSync(chance);
    used = 0;
  }
  const iv = Buffer.from(chance.subarray(used, used + IV_BYTES));
  used += IV_BYTES;
  return iv;
}

function openBytes(key: SecretKey, sealed: string, context: string): Buffer {
  const [version, ivText = '', bodyText = '', ...more] = sealed.split('.');
  const iv = Buffer.from(ivText, 'base64url');
  const body = Buffer.from(bodyText, 'base64url');
  if (version !== VERSION || more.length > 0 || iv.length !== IV_BYTES || body.length < TAG_BYTES) {
    throw new LvlinError('sealed-wrong');
  }
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context, 'utf8')).setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new LvlinError('sealed-wrong', {}, { cause });
  }
}
