/** Who comes to a shift, and what a worker does to the list: write down a caller, take somebody off, let somebody move up. */
import { plainPhone } from '../../lib/phone.ts';
import { graphemeLength } from '../../lib/text.ts';
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { SignUp, SignUpSource } from '../../model/sign-up.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { findShift, listShiftsBefore, listShiftsFrom, lockShift } from '../../store/activity-table.ts';
import { type Attendee, listAttendees, listOffersToCall } from '../../store/attendee-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findSignUpById, forgetPersonOf, type OwnSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Office } from './activity-service.ts';
import { type AttendeeView, fullView, maskedView } from './attendee-view.ts';
import { joinEffects, NO_EFFECTS } from './offer-effects.ts';
import { shiftWords } from './shift-words.ts';
import { acceptPlace, type CancelResult, cancelSignUp, type JoinResult, joinShift } from './sign-up-service.ts';
import { newsAt } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

export interface Attendance {
  readonly shift: Shift;
  /** Those who come and those a place is held for. */
  readonly coming: readonly AttendeeView[];
  /** In the order in which they move up. */
  readonly waiting: readonly AttendeeView[];
}

/** In full: names and phones as they are, for a reason that stands in the audit log; so it needs a writing transaction. */
export interface FullWish {
  /** Absent: nobody was asked for one, as on the command line. */
  readonly reason?: string;
}

export async function readAttendance(
  tx: Transaction,
  shiftId: string,
  office: Office,
  view: 'masked' | FullWish,
): Promise<Attendance | null> {
  const { community, staffId, now } = office;
  const shift = await findShift(tx, community.id, shiftId);
  if (shift === null) return null;
  const attendees = await listAttendees(tx, community.id, shiftId);
  if (view !== 'masked') {
    const detail = { people: attendees.length };
    const entry = { communityId: community.id, staffId, action: 'sign-up.view-full', subjectId: shiftId, detail };
    await appendAudit(tx, { ...entry, ...view, at: now });
  }
  const views = attendees.map(view === 'masked' ? maskedView : fullView);
  return {
    shift,
    coming: views.filter(({ state }) => state !== 'waiting'),
    waiting: views.filter(({ state }) => state === 'waiting'),
  };
}

export function listUpcoming(tx: Transaction, community: Community, now: Date, limit: number): Promise<Shift[]> {
  return listShiftsFrom(tx, community.id, now, limit);
}

/** What has been, the newest first; `before` is the start of the last one shown. */
export function listPast(tx: Transaction, community: Community, before: Date, limit: number): Promise<Shift[]> {
  return listShiftsBefore(tx, community.id, before, limit);
}

/** Places held for people whom only a phone call reaches. */
export function listToCall(tx: Transaction, community: Community): Promise<OwnSignUp[]> {
  return listOffersToCall(tx, community.id);
}

export interface SignUpRowDraft {
  readonly name: string;
  readonly party: number;
  readonly phone?: string | undefined;
}

type DeskRefusal = {
  readonly ok: false;
  readonly why: 'name-missing' | 'name-too-long' | 'party-not-possible' | 'phone-not-possible';
};
export type DeskResult = JoinResult | DeskRefusal;

/** Somebody called or came by. The same name and phone a second time changes how many come. */
export async function addAtDesk(
  tx: Transaction,
  shiftId: string,
  row: SignUpRowDraft,
  office: Office,
  source: Extract<SignUpSource, 'desk' | 'import'> = 'desk',
): Promise<DeskResult> {
  const { community, now } = office;
  const why = refusalOf(row);
  if (why !== null) return { ok: false, why };
  const name = row.name.trim();
  const shift = await lockShift(tx, community.id, shiftId);
  if (shift === null) return { ok: false, why: 'gone' };
  const standing = (await listAttendees(tx, community.id, shiftId)).find((one) => isSame(one, name, row.phone));
  const result = await joinShift(
    tx,
    {
      community,
      shiftId,
      personId: null,
      chatId: null,
      source,
      name,
      party: row.party,
      phone: row.phone,
      standing: standing?.signUp,
    },
    now,
  );
  if (result.ok) await audit(tx, office, `sign-up.${source}`, result.signUp.id);
  return result;
}

const LONGEST_NAME = 30;

function refusalOf({ name, party, phone }: SignUpRowDraft): DeskRefusal['why'] | null {
  if (name.trim() === '') return 'name-missing';
  if (graphemeLength(name.trim()) > LONGEST_NAME) return 'name-too-long';
  if (!Number.isInteger(party) || party < 1) return 'party-not-possible';
  return phone !== undefined && plainPhone(phone) === null ? 'phone-not-possible' : null;
}

/** A worker's own rows only: whoever signed up in the chat is not changed by a namesake at the desk. */
function isSame({ signUp, name, phone }: Attendee, otherName: string, otherPhone: string | undefined): boolean {
  return signUp.personId === null && name === otherName && phone === (otherPhone ?? null);
}

export interface ImportResult {
  readonly joined: number;
  readonly waiting: number;
  /** Rows counted from 0, for the ones that could not be taken. */
  readonly refused: readonly { readonly row: number; readonly why: Extract<DeskResult, { ok: false }>['why'] }[];
}

export async function importSignUps(
  tx: Transaction,
  shiftId: string,
  rows: readonly SignUpRowDraft[],
  office: Office,
): Promise<ImportResult> {
  const results: DeskResult[] = [];
  for (const row of rows) results.push(await addAtDesk(tx, shiftId, row, office, 'import'));
  const taken = results.flatMap((result) => (result.ok ? [result.signUp.state] : []));
  return {
    joined: taken.filter((state) => state === 'joined').length,
    waiting: taken.filter((state) => state === 'waiting').length,
    refused: results.flatMap((result, row) => (result.ok ? [] : [{ row, why: result.why }])),
  };
}

/** Takes somebody off the list; they are told, where the bot can. */
export async function removeSignUp(tx: Transaction, signUpId: string, office: Office): Promise<CancelResult> {
  const { community, now } = office;
  const result = await cancelSignUp(tx, community, signUpId, now);
  if (!result.ok) return result;
  await audit(tx, office, 'sign-up.remove', signUpId);
  const { title, day } = shiftWords(result.shift, community, now);
  return {
    ...result,
    effects: joinEffects(told(result, say('shift.removed', { title, day }), office), result.effects),
  };
}

export type MoveUpResult =
  | { readonly ok: true; readonly signUp: SignUp; readonly shift: Shift; readonly effects: Effects }
  | { readonly ok: false; readonly why: 'gone' | 'past' }
  | { readonly ok: false; readonly why: 'full'; readonly left: number };

/** Gives a place to somebody who waits, or to somebody who said yes on the phone. */
export async function moveUp(tx: Transaction, signUpId: string, office: Office): Promise<MoveUpResult> {
  const { community, now } = office;
  const seen = await findSignUpById(tx, community.id, signUpId);
  if (seen === null) return { ok: false, why: 'gone' };
  const result = await acceptPlace(tx, community, seen, now);
  if (!result.ok) return result;
  await audit(tx, office, 'sign-up.move-up', signUpId);
  const words = say('shift.moved-up', { ...shiftWords(result.shift, community, now), party: result.signUp.party });
  return { ...result, effects: told(result, words, office) };
}

/** Name and phone a worker wrote down for somebody go at their wish. False where it is none of those. */
export async function forgetWritten(tx: Transaction, signUpId: string, office: Office): Promise<boolean> {
  const signUp = await findSignUpById(tx, office.community.id, signUpId);
  if (signUp === null || signUp.personId !== null) return false;
  await forgetPersonOf(tx, [signUp.id]);
  await audit(tx, office, 'sign-up.forget', signUp.id);
  return true;
}

function told(
  { signUp, shift }: { readonly signUp: SignUp; readonly shift: Shift },
  said: Saying,
  { community, now }: Office,
): Effects {
  if (signUp.personId === null) return NO_EFFECTS;
  const runAt = newsAt(shift.startsAt, now, community.settings);
  const to = { personId: signUp.personId };
  return { messages: [{ to, said, kind: 'reminder', runAt, notAfter: shift.endsAt, subjectId: shift.id }] };
}

function audit(tx: Transaction, { community, staffId, now }: Office, action: string, subjectId: string): Promise<void> {
  return appendAudit(tx, { communityId: community.id, staffId, action, subjectId, at: now });
}
