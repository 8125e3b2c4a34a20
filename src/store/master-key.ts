/** The key that wraps all others: given from outside, or a file readable by the owner alone, made at the first start. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyFromBase64, keyToBase64, newKey, type SecretKey } from '../lib/encryption.ts';
import { LvlinError } from '../model/errors.ts';

export interface MasterKeySource {
  /** Base64; wins over the file. */
  readonly given: string | null;
  readonly file: string;
  /** Whether records exist that were written with some key: then a missing one is not replaced. */
  readonly recordsExist: boolean;
}

/** Throws `key-missing` and `key-malformed`. */
export function readMasterKey({ given, file, recordsExist }: MasterKeySource): SecretKey {
  if (given !== null) return keyFromBase64(given);
  if (existsSync(file)) return keyFromBase64(readFileSync(file, 'utf8'));
  if (recordsExist) throw new LvlinError('key-missing', { file });
  const key = newKey();
  mkdirSync(dirname(file), { recursive: true });
  // `wx`: two processes that start at once must not overwrite each other's key.
  writeFileSync(file, `${keyToBase64(key)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}
