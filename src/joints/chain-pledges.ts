/** Chains about this year's pledges, joined with households: an entry with a door and habits is a household's pledge. */
import type {
  DeskTarget,
  Recorded,
  RecordWish,
  Standing,
  TargetDesk,
  WhoIsIn,
} from '../features/chains/chain-parts.ts';
import { say } from '../features/chains/chains-texts.ts';
import type { Understand } from '../features/chains/read-line.ts';
import { resolveDoor } from '../features/pledges/household-service.ts';
import { type HabitBook, habitsMeant, scopeOf, unite } from '../features/pledges/pledges-rules.ts';
import { findPledgeOfPerson, makePledge, withdrawPledge } from '../features/pledges/pledges-service.ts';
import type { ChainRefusal } from '../model/chain.ts';
import type { Community } from '../model/community.ts';
import type { PledgeScope } from '../model/pledge.ts';
import type { RenderText } from '../model/text.ts';
import type { HouseholdPlace } from '../model/understanding.ts';
import { findChatById } from '../store/chat-table.ts';
import { listAreas } from '../store/community-table.ts';
import { findPerson } from '../store/person-table.ts';
import { listPledgesAsMade } from '../store/pledge-list-table.ts';
import { findPledge } from '../store/pledge-table.ts';
import type { Transaction } from '../store/store.ts';

export interface ChainPledgeParts {
  readonly habitBook: () => HabitBook;
  readonly understand: Understand;
  readonly render: RenderText;
}

export function chainPledges(parts: ChainPledgeParts): TargetDesk {
  return {
    kind: 'pledges',
    open: async (_, community, now) => [targetOf(parts, community, scopeOf(community, now), now)],
    find: async (_, community, id, now) => {
      const scope = scopeIn(id);
      return scope === null ? null : targetOf(parts, community, scope, now);
    },
    record: (tx, wish) => record(tx, parts, wish),
    takeBack: async (tx, community, recordId, now) => {
      await withdrawPledge(tx, community, recordId, NOBODY, now);
      return { messages: [] };
    },
    // A household bears no name.
    forget: async () => {},
    standings,
    whoIsIn,
  };
}

/** Neither a resident nor a member of staff: a list said so. */
const NOBODY = { personId: null, staffId: null };

function targetOf({ render }: ChainPledgeParts, community: Community, scope: PledgeScope, now: Date): DeskTarget {
  const title = say('group-list.pledges');
  const current = scopeOf(community, now);
  return {
    target: { kind: 'pledges', id: idOf(scope) },
    title: render(community.locale, title.key, title.variables, ''),
    place: '',
    day: '',
    time: '',
    dayWords: '',
    startsAt: null,
    isOpen: scope.plan === current.plan && scope.period === current.period,
  };
}

function idOf({ plan, period }: PledgeScope): string {
  return `${plan}/${period}`;
}

function scopeIn(id: string): PledgeScope | null {
  const [plan, period, ...more] = id.split('/');
  return plan === undefined || period === undefined || more.length > 0 ? null : { plan, period };
}

async function record(tx: Transaction, parts: ChainPledgeParts, wish: RecordWish): Promise<Recorded> {
  const { community, targetId, line, now } = wish;
  if (targetId !== idOf(scopeOf(community, now))) return { ok: false, why: 'past' };
  const habits = habitsIn(parts, wish);
  if (habits.length === 0) return { ok: false, why: 'no-habits' };
  const place = await placeOf(tx, wish);
  if (place?.room === undefined) return { ok: false, why: 'no-door' };
  const found = await resolveDoor(tx, community.id, place);
  if (!found.ok) return { ok: false, why: DOOR_REFUSALS[found.why] };
  const actor = { personId: await whoAgreed(tx, wish), staffId: null };
  const wanted = { door: found.door, areaId: found.areaId, habits, people: line.party };
  const made = await makePledge(tx, community, actor, wanted, now);
  const wasThere = made.what !== 'made' && made.what !== 'renewed';
  return { ok: true, recordId: made.household.id, wasThere, isWaiting: false, effects: { messages: [] } };
}

const DOOR_REFUSALS: Readonly<Record<'no-building' | 'which-compound', ChainRefusal>> = {
  'no-building': 'no-door',
  'which-compound': 'which-compound',
};

/** Those of the line; where it names none, those over the list. */
function habitsIn(parts: ChainPledgeParts, { community, line, theme, now }: RecordWish): readonly string[] {
  const { habitBook, understand, render } = parts;
  const book = habitBook();
  const read = (text: string): readonly string[] => {
    if (text.trim() === '') return [];
    // Said as a pledge: in a list of pledges nothing else can be meant.
    const said = say('group-list.pledge-said', { habits: text });
    const pledge = render(community.locale, said.key, said.variables, '');
    const { slots } = understand({ text: pledge, chat: 'direct', mentioned: true, at: now.toISOString(), open: null });
    return habitsMeant(book, { habits: unite(slots.habits ?? [], slots.add ?? []), topics: slots.topics });
  };
  const own = read(line.note ?? '');
  return own.length > 0 ? own : read(theme);
}

/** As written; in the group of a building its number need not be; whoever has pledged before needs no door at all. */
async function placeOf(tx: Transaction, wish: RecordWish): Promise<HouseholdPlace | null> {
  const { community, line, personId, now } = wish;
  const place = { ...(await placeOfGroup(tx, wish)), ...line.household };
  if (line.household?.room !== undefined || personId === null) return place;
  const known = await findPledgeOfPerson(tx, community, personId, now);
  return known === null ? place : { ...known.household.door, building: known.household.building };
}

async function placeOfGroup(tx: Transaction, { community, chatId }: RecordWish): Promise<HouseholdPlace> {
  const chat = chatId === null ? null : await findChatById(tx, chatId);
  if (chat === null || chat.areaId === null) return {};
  const areas = await listAreas(tx, community.id);
  const area = areas.find(({ id }) => id === chat.areaId);
  if (area?.kind !== 'building') return {};
  const compound = areas.find(({ id, kind }) => id === area.parentId && kind === 'compound')?.name;
  return { ...(compound === undefined ? {} : { compound }), building: area.name };
}

/** Only who has agreed that their household is kept is bound to it; for the others the household alone is counted. */
async function whoAgreed(tx: Transaction, { community, personId }: RecordWish): Promise<string | null> {
  const person = personId === null ? null : await findPerson(tx, community.id, personId);
  return person?.consentedAt == null ? null : person.id;
}

async function standings(
  tx: Transaction,
  _: Community,
  targetId: string,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const scope = scopeIn(targetId);
  const found = new Map<string, Standing>();
  if (scope === null) return found;
  for (const id of recordIds) {
    const pledge = await findPledge(tx, id, scope);
    if (pledge !== null) found.set(id, pledge.state === 'standing' ? 'pledged' : 'pledge-withdrawn');
  }
  return found;
}

const PLEDGES_AT_ONCE = 500;

/** Who withdrew is not visited for it, so they count as having answered. */
async function whoIsIn(tx: Transaction, { id: communityId }: Community, targetId: string): Promise<WhoIsIn> {
  const scope = scopeIn(targetId);
  const householdIds = new Set<string>();
  let afterId = '';
  while (scope !== null) {
    const page = await listPledgesAsMade(tx, { communityId, ...scope }, { afterId, limit: PLEDGES_AT_ONCE });
    for (const { household } of page) householdIds.add(household.id);
    const last = page.at(-1);
    if (last === undefined) break;
    afterId = last.pledge.id;
  }
  return { personIds: new Set(), householdIds, doors: [], names: new Set() };
}
