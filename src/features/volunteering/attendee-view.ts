/** A person of a list as a page shows them: masked unless somebody asked to see them in full. */
import { maskName } from '../../lib/person-name.ts';
import { maskPhone } from '../../lib/phone.ts';
import type { SignUpState } from '../../model/records.ts';
import type { SignUpSource } from '../../model/sign-up.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import type { Attendee } from '../../store/attendee-table.ts';

export interface AttendeeView {
  readonly signUpId: string;
  /** `null` where a worker wrote it down. */
  readonly personId: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly party: number;
  readonly state: SignUpState;
  readonly source: SignUpSource;
  readonly signedUpAt: Date;
  /** Until when a place is held for them. */
  readonly offeredUntil: Date | null;
  /** Whether the bot can tell them something in private; if not, a phone call does. */
  readonly isReachable: boolean;
  /** As written in a list; masked it is the building alone. */
  readonly place: HouseholdPlace | null;
  /** What else they wrote there; only in full. */
  readonly note: string | null;
}

export function fullView({ signUp, name, phone, privateChatId, line }: Attendee): AttendeeView {
  return {
    signUpId: signUp.id,
    personId: signUp.personId,
    name,
    phone,
    party: signUp.party,
    state: signUp.state,
    source: signUp.source,
    signedUpAt: signUp.createdAt,
    offeredUntil: signUp.offeredUntil,
    isReachable: privateChatId !== null,
    place: line?.household ?? null,
    note: line?.note ?? null,
  };
}

export function maskedView(attendee: Attendee): AttendeeView {
  const { name, phone, line } = attendee;
  const building = line?.household?.building;
  return {
    ...fullView(attendee),
    name: name === null ? null : maskName(name),
    phone: phone === null ? null : maskPhone(phone),
    place: building === undefined ? null : { building },
    note: null,
  };
}
