/** What a one-time code binds: a group to an area, a private chat to a member of staff, a second address to a person. */

export const BINDING_PURPOSES = ['group', 'staff', 'person'] as const;
export type BindingPurpose = (typeof BINDING_PURPOSES)[number];

const MINUTE_MS = 60_000;

/** A worker may have to find the group on another machine; one's own second chat is at hand. */
export const CODE_GOOD_FOR_MS: Readonly<Record<BindingPurpose, number>> = {
  group: 30 * MINUTE_MS,
  staff: 30 * MINUTE_MS,
  person: 15 * MINUTE_MS,
};

/** The code itself is nowhere: it is shown once and kept as a hash. */
export interface BindingCode {
  readonly id: string;
  readonly communityId: string;
  readonly purpose: BindingPurpose;
  /** Of a group: the building or compound; `null` is the whole community. */
  readonly areaId: string | null;
  /** Who made it, and for whom where it is for staff. */
  readonly staffId: string | null;
  readonly personId: string | null;
  /** Where the person asked for it. */
  readonly chatId: string | null;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}
