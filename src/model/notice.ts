/** A notice of the committee: its words, what it asks for and how far it has come. */
import type { NoticeState } from './records.ts';

export interface Notice {
  readonly id: string;
  readonly communityId: string;
  readonly text: string;
  /** Set where it may come at night and past the caps: why, for the audit log. */
  readonly urgentReason: string | null;
  readonly asksReceipt: boolean;
  /** The attachment that goes with it. */
  readonly pictureId: string | null;
  readonly state: NoticeState;
  /** When it goes, or went, out. */
  readonly sendAt: Date | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}
