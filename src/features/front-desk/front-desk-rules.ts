/** Sees numbers that do not belong in a group. */
import { findSensitive } from '../../lib/phone.ts';

/** Whether a text typed in a group holds a phone or identity number, which everybody there can now read. */
export function shouldWarn(text: string): boolean {
  return findSensitive(text).length > 0;
}
