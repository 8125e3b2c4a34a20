/**
 * Ids of WeChat as addresses. Where they do not outlast a login (the web protocol gives everybody a new one, the
 * account itself too), an address holds the login it was seen in, so that it is never taken for somebody else's.
 */
import { createHash } from 'node:crypto';

export interface AddressBook {
  readonly addressOf: (id: string) => string;
  /** `null`: an address of another login, or of a time when ids were taken for stable; nobody is there. */
  readonly idOf: (address: string) => string | null;
}

/** `selfId` is the account's own id at this login. */
export function addressBook(selfId: string, stableIds: boolean): AddressBook {
  if (stableIds) return { addressOf: (id) => id, idOf: (address) => (BOUND.test(address) ? null : address) };
  const mark = `login-${createHash('sha256').update(selfId).digest('hex').slice(0, MARK_LENGTH)}:`;
  return {
    addressOf: (id) => `${mark}${id}`,
    idOf: (address) => (address.startsWith(mark) ? address.slice(mark.length) : null),
  };
}

const MARK_LENGTH = 12;
const BOUND = /^login-[\da-f]{12}:/;
