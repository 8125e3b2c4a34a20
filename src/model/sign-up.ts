/** A sign-up: a person, or a household in one breath, for one shift. */
import type { SignUpState } from './records.ts';

/** `desk`: written down by a worker for somebody who called or came by. `chain`: read out of a list of a whole group. */
const SIGN_UP_SOURCES = ['chat', 'form', 'desk', 'import', 'chain'] as const;
export type SignUpSource = (typeof SIGN_UP_SOURCES)[number];

/** More than a bus; the table refuses it too. */
export const LARGEST_PARTY = 100;

/**
 * Names and phones given for a shift go this long after its end, as the privacy notice promises: long enough to see who
 * came and to write hours down (个人信息保护法 §19: no longer than needed).
 */
export const CONTACTS_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** The name and phone of a sign-up are personal and read on their own. */
export interface SignUp {
  readonly id: string;
  readonly shiftId: string;
  readonly communityId: string;
  /** `null` where a worker wrote it down, and once the person has had their data erased. */
  readonly personId: string | null;
  /** Where it was said. */
  readonly chatId: string | null;
  /** How many come, the person included. */
  readonly party: number;
  readonly state: SignUpState;
  /** Who waits longest is offered a place first. */
  readonly queuedAt: Date;
  /** Until when an offered place is held. */
  readonly offeredUntil: Date | null;
  readonly source: SignUpSource;
  /** When it was made; made anew after a cancellation, the later moment. */
  readonly createdAt: Date;
}

export interface SignUpContact {
  readonly name: string | null;
  readonly phone: string | null;
}
