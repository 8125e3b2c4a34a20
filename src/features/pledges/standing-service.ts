/** How many households pledged, per building and in all, and out of how many: read from counters, so it costs the same at any size. */
import type { Community } from '../../model/community.ts';
import type { PledgeScope } from '../../model/pledge.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { type Count, readCounters, WHOLE_COMMUNITY } from '../../store/counter-table.ts';
import type { Transaction } from '../../store/store.ts';
import { scopeOf } from './pledges-rules.ts';
import { counterName } from './standing-counter.ts';

export interface PledgeCount {
  /** Of the households of `base`, as far as there is a list of buildings to know them by. */
  readonly households: number;
  /** Pledged too, but without a room or in a building that is not in the tree: no part of `base`. */
  readonly outside: number;
  /** As far as they were told. */
  readonly people: number;
  /** How many households there are, and who counted them; `null` where nobody has entered it. */
  readonly base: Area['households'];
  /** Households that have not pledged; never shown per household. */
  readonly left: number | null;
}

export interface PledgeStanding {
  readonly scope: PledgeScope;
  readonly whole: PledgeCount;
  readonly buildings: readonly (PledgeCount & { readonly area: Area })[];
  /** Most pledged first. */
  readonly habits: readonly { readonly habit: string; readonly households: number }[];
}

/** Plan and year of every record there is, this year's first; this year's is there from its first day. */
export async function listScopes(tx: Transaction, community: Community, now: Date): Promise<readonly PledgeScope[]> {
  const current = scopeOf(community, now);
  const counts = await readCounters(tx, community.id, SCOPE_PREFIX);
  const earlier = counts
    .filter(({ areaId, value }) => areaId === WHOLE_COMMUNITY && value > 0)
    .map(({ name }) => scopeIn(name))
    .filter(({ plan, period }) => plan !== current.plan || period !== current.period)
    .toSorted((one, other) => (one.period === other.period ? 0 : one.period < other.period ? 1 : -1));
  return [current, ...earlier];
}

const SCOPE_PREFIX = 'pledge.households@';

function scopeIn(name: string): PledgeScope {
  const [plan = '', period = ''] = name.slice(SCOPE_PREFIX.length).split('/');
  return { plan, period };
}

/** Of this year, unless another scope is asked for. Pledged only: practising and assessed are numbers of their own. */
export async function readStanding(
  tx: Transaction,
  community: Community,
  now: Date,
  scope = scopeOf(community, now),
): Promise<PledgeStanding> {
  const areas = await listAreas(tx, community.id);
  const counts = await readCounters(tx, community.id, 'pledge.');
  const buildings = areas.filter(({ kind }) => kind === 'building');
  return {
    scope,
    whole: wholeOf(countOf(counts, WHOLE_COMMUNITY, scope, baseOfWhole(areas, buildings)), buildings),
    buildings: buildings.map((area) => ({ area, ...countOf(counts, area.id, scope, area.households) })),
    habits: habitsOf(await readCounters(tx, community.id, 'habit.'), scope),
  };
}

function countOf(counts: readonly Count[], areaId: string, scope: PledgeScope, base: Area['households']): PledgeCount {
  const value = (name: string) => counts.find((count) => count.areaId === areaId && count.name === name)?.value ?? 0;
  const outside = value(counterName('pledge.outside', scope));
  const households = value(counterName('pledge.households', scope)) - outside;
  const people = value(counterName('pledge.people', scope));
  return { households, outside, people, base, left: leftOf(base, households) };
}

/** Where nobody has entered a building yet, none is unknown. */
function wholeOf(count: PledgeCount, buildings: readonly Area[]): PledgeCount {
  if (buildings.length > 0) return count;
  const households = count.households + count.outside;
  return { ...count, households, outside: 0, left: leftOf(count.base, households) };
}

function leftOf(base: Area['households'], households: number): number | null {
  return base === null ? null : Math.max(0, base.count - households);
}

/** The community's own figure; else the sum of its buildings, where every one of them is known. */
function baseOfWhole(areas: readonly Area[], buildings: readonly Area[]): Area['households'] {
  const own = areas.find(({ kind }) => kind === 'community')?.households ?? null;
  if (own !== null) return own;
  const known = buildings.flatMap(({ households }) => households ?? []);
  const [first] = known;
  if (first === undefined || known.length < buildings.length) return null;
  const count = known.reduce((sum, base) => sum + base.count, 0);
  const oldest = known.map(({ countedOn }) => countedOn).sort()[0] ?? first.countedOn;
  return { count, source: first.source, countedOn: oldest };
}

function habitsOf(counts: readonly Count[], scope: PledgeScope): PledgeStanding['habits'] {
  const end = counterName('habit.', scope).slice('habit.'.length);
  return counts
    .filter(({ areaId, name, value }) => areaId === WHOLE_COMMUNITY && name.endsWith(end) && value > 0)
    .map(({ name, value }) => ({ habit: name.slice('habit.'.length, -end.length), households: value }))
    .sort((one, other) => other.households - one.households || (one.habit < other.habit ? -1 : 1));
}
