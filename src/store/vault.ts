/** Keeps personal data encrypted: one data key per community, wrapped by the master key that never enters the database. */
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { keyedHash, open, seal, unwrapKey, wrapKey } from '../lib/encryption.ts';

/** Sealed text opens only for the record and column it was sealed for, so ciphertexts cannot be swapped. */
export interface Sealer {
  seal(text: string, recordId: string, column: string): string;
  open(sealed: string, recordId: string, column: string): string;
  /** Finds a record by personal data without storing it: the same text always gives the same hash in this community. */
  hash(text: string): string;
}

export class Vault {
  #masterKey: KeyObject;
  #sealers = new Map<string, Sealer>();

  constructor(masterKey: KeyObject) {
    this.#masterKey = masterKey;
  }

  newCommunityKey(communityId: string): string {
    return wrapKey(this.#masterKey, createSecretKey(randomBytes(32)), communityId);
  }

  /** A key of its own for one purpose outside the records, the same at every start. */
  keyFor(purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.#masterKey, '', purpose, 32)));
  }

  known(communityId: string): Sealer | undefined {
    return this.#sealers.get(communityId);
  }

  learn(communityId: string, wrappedKey: string): Sealer {
    const sealer = sealerOf(unwrapKey(this.#masterKey, wrappedKey, communityId));
    this.#sealers.set(communityId, sealer);
    return sealer;
  }

  /** What is stored at the first start and opened at every later one: only the right master key can. */
  newKeyCheck(): string {
    return seal(this.#masterKey, KEY_CHECK, KEY_CHECK);
  }

  /** Throws `sealed-wrong` when the database was written with another master key. */
  checkKey(stored: string): void {
    open(this.#masterKey, stored, KEY_CHECK);
  }
}

const KEY_CHECK = 'lvlin key check';

function sealerOf(dataKey: KeyObject): Sealer {
  // Its own key, so that a leaked lookup key opens nothing.
  const hashKey = createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', 'lookup', 32)));
  return {
    seal: (text, recordId, column) => seal(dataKey, text, `${column}|${recordId}`),
    open: (sealed, recordId, column) => open(dataKey, sealed, `${column}|${recordId}`),
    hash: (text) => keyedHash(hashKey, text),
  };
}
