/** Chains about shifts, joined with sign-ups: an entry of a list takes a place as everybody else does. */
import type {
  DeskTarget,
  Recorded,
  RecordWish,
  Standing,
  TargetDesk,
  WhoIsIn,
} from '../features/chains/chain-parts.ts';
import { bare } from '../features/chains/line-rules.ts';
import { clockWords, dateWords } from '../features/volunteering/shift-words.ts';
import { cancelSignUp, type JoinResult, joinShift } from '../features/volunteering/sign-up-service.ts';
import { localDate } from '../lib/zoned-time.ts';
import type { Shift } from '../model/activity.ts';
import type { ChainRefusal } from '../model/chain.ts';
import type { Community } from '../model/community.ts';
import { LARGEST_PARTY } from '../model/sign-up.ts';
import { findShift, listShiftsFrom } from '../store/activity-table.ts';
import { listAttendees } from '../store/attendee-table.ts';
import { listAreas } from '../store/community-table.ts';
import { findSignUpById, forgetPersonOf } from '../store/sign-up-table.ts';
import type { Transaction } from '../store/store.ts';

// More than anybody scrolls through; a list about a later one is asked about.
const MOST_SHIFTS = 60;

export const CHAIN_SHIFTS: TargetDesk = {
  kind: 'shift',
  open: async (tx, community, now) => {
    const shifts = await listShiftsFrom(tx, community.id, now, MOST_SHIFTS);
    return shifts.map((shift) => targetOf(shift, community, now)).filter(({ isOpen }) => isOpen);
  },
  find: async (tx, community, id, now) => {
    const shift = await findShift(tx, community.id, id);
    return shift === null ? null : targetOf(shift, community, now);
  },
  record,
  takeBack: async (tx, community, recordId, now) => {
    const result = await cancelSignUp(tx, community, recordId, now);
    return result.ok ? result.effects : { messages: [] };
  },
  forget: (tx, _, recordId) => forgetPersonOf(tx, [recordId]),
  standings,
  whoIsIn,
};

function targetOf(shift: Shift, community: Community, now: Date): DeskTarget {
  const { zone } = community.settings;
  return {
    target: { kind: 'shift', id: shift.id },
    title: shift.title,
    place: shift.place,
    day: localDate(shift.startsAt, zone),
    time: clockWords(shift.startsAt, zone),
    dayWords: dateWords(shift.startsAt, community),
    startsAt: shift.startsAt,
    isOpen: shift.state === 'open' && shift.startsAt > now,
  };
}

async function record(tx: Transaction, wish: RecordWish): Promise<Recorded> {
  const { community, targetId: shiftId, chatId, personId, recordId, now } = wish;
  const { name, party, phone } = wish.line;
  if (personId === null && name === undefined) return { ok: false, why: 'no-name' };
  if (!(await isPlaceHere(tx, wish))) return { ok: false, why: 'no-building' };
  // Nobody reads 300 people out of one line: a slip of the finger, or a joke.
  if ((party ?? 1) > LARGEST_PARTY) return { ok: false, why: 'too-many' };
  const standing = recordId === null ? null : await findSignUpById(tx, community.id, recordId);
  // A line that was edited says how many come, also where it says nothing.
  const coming = standing === null ? party : (party ?? 1);
  const asked = { community, shiftId, chatId, source: 'chain', name, phone, party: coming } as const;
  const own = standing === null ? {} : { standing };
  const result = await joinShift(tx, { ...asked, ...own, personId: standing?.personId ?? personId }, now);
  if (!result.ok) return { ok: false, why: REFUSALS[result.why] };
  const wasThere = recordId === null && !FRESH.has(result.change);
  const { signUp, effects } = result;
  return { ok: true, recordId: signUp.id, wasThere, isWaiting: signUp.state === 'waiting', effects };
}

/** A whole door in a building that is not here is a slip, or somebody of another community. */
async function isPlaceHere(tx: Transaction, { community, line: { household } }: RecordWish): Promise<boolean> {
  if (household?.building === undefined || household.room === undefined) return true;
  const building = bare(household.building);
  const buildings = (await listAreas(tx, community.id)).filter(({ kind }) => kind === 'building');
  return buildings.length === 0 || buildings.some(({ name }) => bare(name) === building);
}

const FRESH: ReadonlySet<string> = new Set(['joined', 'waiting']);

const REFUSALS: Readonly<Record<Extract<JoinResult, { ok: false }>['why'], ChainRefusal>> = {
  gone: 'gone',
  past: 'past',
  closed: 'closed',
  'called-off': 'gone',
  'too-many': 'too-many',
  'no-room-for-more': 'no-room-for-more',
};

async function standings(
  tx: Transaction,
  community: Community,
  shiftId: string,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const attendees = await listAttendees(tx, community.id, shiftId);
  const states = new Map(attendees.map(({ signUp }) => [signUp.id, signUp.state]));
  return new Map(recordIds.map((id) => [id, states.get(id) ?? 'cancelled']));
}

async function whoIsIn(tx: Transaction, community: Community, shiftId: string): Promise<WhoIsIn> {
  const attendees = await listAttendees(tx, community.id, shiftId);
  return {
    personIds: new Set(attendees.flatMap(({ signUp }) => signUp.personId ?? [])),
    householdIds: new Set(),
    doors: [],
    names: new Set(attendees.flatMap(({ name }) => (name === null ? [] : [bare(name)]))),
  };
}
