/** Who works for a community at its pages, and the sessions they are signed in with. */
import type { Role } from './records.ts';
import { ROLES } from './records.ts';

export interface Staff {
  readonly id: string;
  readonly communityId: string;
  /** What is typed to sign in: unique in the whole bot, compared in lower case. */
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  /** The password was chosen by somebody else and is good for nothing but choosing one's own. */
  readonly passwordIsInitial: boolean;
  readonly disabledAt: Date | null;
}

export interface StaffSession {
  /** SHA-256 of what the browser holds, so that the table signs nobody in. */
  readonly tokenHash: string;
  readonly staffId: string;
  /** The browser and system as a person knows them, e.g. `Edge, Windows`. */
  readonly device: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** `admin` may all that `worker` may, and `worker` all that `viewer` may. */
export function mayActAs(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least);
}

/** In whose name something may be said or done here: not of those who only look on, nor before they have a password of their own. */
export function mayMakeRecords({ communityId, role, passwordIsInitial }: Staff, here: string): boolean {
  return communityId === here && mayActAs(role, 'worker') && !passwordIsInitial;
}
