/** One request of a person who is signed in: what every page gets. */
import type { Context } from 'hono';
import type { Content } from '../content/content.ts';
import { type Words, wordsOf } from '../lib/page-words.ts';
import type { Community } from '../model/community.ts';
import type { Role } from '../model/records.ts';
import { mayActAs, type Staff } from '../model/staff.ts';
import type { TextCatalogue } from '../model/text.ts';
import type { Act, AdminParts } from './admin-parts.ts';
import type { PostedForm } from './posted-form.ts';

export interface Visit {
  readonly parts: AdminParts;
  readonly context: Context;
  readonly staff: Staff;
  readonly tokenHash: string;
  /** The one this person works for: every look-up of an id takes it along. */
  readonly community: Community;
  readonly content: Content;
  readonly now: Date;
  /** Whether there is a group that a person forwards to. */
  readonly hasGroupsByHand: boolean;
  /** What was sent; empty for a page that is only looked at. */
  readonly form: PostedForm;
}

export function wordsFor<const C extends TextCatalogue>(visit: Visit, catalogue: C): Words<C> {
  return wordsOf(catalogue, visit.content.texts.render, visit.community.locale);
}

export function isAllowed(visit: Visit, least: Role): boolean {
  return mayActAs(visit.staff.role, least);
}

/** Who does it, for which community and when: what services and the audit log ask for. */
export function actOf({ community, staff, now }: Visit): Act {
  return { communityId: community.id, staffId: staff.id, now };
}
