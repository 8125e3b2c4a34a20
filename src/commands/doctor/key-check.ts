/** Is the key there, is it the right one, and can nobody else read it? */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Config } from '../../config.ts';
import { keyFromBase64, type SecretKey } from '../../lib/encryption.ts';
import { isLvlinError } from '../../model/errors.ts';
import { checkKeyMark } from '../../store/key-check.ts';
import { Vault } from '../../store/vault.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

export interface KeyFindings {
  readonly findings: readonly Finding[];
  /** `null` where there is no usable key. */
  readonly vault: Vault | null;
}

/** `keyMark` is what the records were marked with, `null` where there are none. */
export function checkKey(config: Pick<Config, 'secretKey' | 'keyFile'>, keyMark: string | null): KeyFindings {
  const key = readKey(config);
  if (key === 'malformed') return nothing(finding('key', 'bad', say('doctor.key-malformed', { file: config.keyFile })));
  if (key === 'missing') return nothing(missing(config.keyFile, keyMark !== null));
  const vault = new Vault(key);
  if (keyMark !== null && !fits(keyMark, vault)) return nothing(finding('key', 'bad', say('doctor.key-wrong')));
  const open = config.secretKey === null ? openToOthers(config.keyFile) : null;
  return { findings: open === null ? [finding('key', 'good', say('doctor.key-good'))] : [open], vault };
}

function nothing(found: Finding): KeyFindings {
  return { findings: [found], vault: null };
}

function readKey({ secretKey, keyFile }: Pick<Config, 'secretKey' | 'keyFile'>): SecretKey | 'missing' | 'malformed' {
  if (secretKey === null && !existsSync(keyFile)) return 'missing';
  try {
    return keyFromBase64(secretKey ?? readFileSync(keyFile, 'utf8'));
  } catch {
    return 'malformed';
  }
}

function missing(file: string, recordsExist: boolean): Finding {
  if (recordsExist) return finding('key', 'bad', say('doctor.key-missing', { file }));
  return finding('key', 'good', say('doctor.key-new', { file }));
}

function fits(keyMark: string, vault: Vault): boolean {
  try {
    checkKeyMark(keyMark, vault);
    return true;
  } catch (error) {
    if (isLvlinError(error, 'key-wrong')) return false;
    throw error;
  }
}

const RIGHTS_OF_OTHERS = 0o077;

/** Windows keeps rights elsewhere, and a user's folder there is the user's own. */
function openToOthers(file: string): Finding | null {
  if (process.platform === 'win32') return null;
  const isOpen = (statSync(file).mode & RIGHTS_OF_OTHERS) !== 0;
  return isOpen ? finding('key', 'warning', say('doctor.key-open', { file })) : null;
}
