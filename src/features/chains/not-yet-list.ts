/**
 * 「还有谁没报」: those we know of a building or a group who are not in an activity or have not pledged this year.
 * For staff alone, to be printed for a walk from door to door; never said in a group, and nobody is counted or compared.
 */
import type { Chain, ChainTarget, KeptEntry } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import type { Household } from '../../model/household.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listEntries } from '../../store/chain-entry-table.ts';
import { listChains } from '../../store/chain-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { listHouseholdsOfBuilding, listMemberIds } from '../../store/household-table.ts';
import { findPerson, readPersonalData } from '../../store/person-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type ChainParts, deskOf, type WhoIsIn } from './chain-parts.ts';
import { targetViewOf } from './chain-views.ts';
import type { ChainOffice, NotYetList, NotYetQuery, NotYetRow } from './chains-service.ts';
import { bare, nameOf } from './line-rules.ts';
import { byDoor, doorText, namesNotIn } from './not-yet-rules.ts';

/** `null` where there is no such target, building or group. */
export async function listNotYet(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks'>,
  office: ChainOffice,
  { target, of, reason }: NotYetQuery,
): Promise<NotYetList | null> {
  const { community, staffId, now } = office;
  const about = await deskOf(parts, target.kind).find(tx, community, target.id, now);
  const round = await findRound(tx, community, of);
  if (about === null || round === null) return null;
  const subject = { communityId: community.id, staffId, action: 'chain.list-not-yet', subjectId: round.subjectId };
  await appendAudit(tx, { ...subject, ...(reason === undefined ? {} : { reason }), at: now });
  const chains = await listChains(tx, community.id, { limit: MOST_CHAINS });
  const written = (
    await listEntries(
      tx,
      chains.map(({ id }) => id),
    )
  ).filter(({ state }) => state === 'standing');
  const inIt = await whoIsIn(tx, parts, community, { target, chains, written });
  const doors = namedByLists(await readDoors(tx, community, round.buildings), written);
  const open = doors.filter((door) => !isIn(door, inIt));
  const earlier = round.chatId === null ? [] : namesOfGroup({ target, chains, written }, round.chatId);
  const others = namesNotIn(earlier, [...inIt.names, ...doors.flatMap(({ names }) => names.map(bare))]);
  return {
    about: targetViewOf(about),
    title: round.title,
    rows: [
      ...open.map(rowOf).sort((one, other) => byDoor(one.place, other.place)),
      ...others.map((name) => ({ householdId: null, place: null, names: [name] })),
    ],
    done: doors.length - open.length,
    unknown: unknownIn(round.buildings, doors.length),
  };
}

// A year of lists of a busy community.
const MOST_CHAINS = 300;
const HOUSEHOLDS_AT_ONCE = 200;

interface Round {
  readonly subjectId: string;
  readonly title: string;
  readonly chatId: string | null;
  readonly buildings: readonly Area[];
}

async function findRound(tx: Transaction, community: Community, of: NotYetQuery['of']): Promise<Round | null> {
  const areas = await listAreas(tx, community.id);
  if ('areaId' in of) {
    const area = areas.find(({ id }) => id === of.areaId);
    return area === undefined
      ? null
      : { subjectId: area.id, title: area.name, chatId: null, buildings: buildingsIn(area.id, areas) };
  }
  const chat = await findChatById(tx, of.chatId);
  if (chat === null || chat.communityId !== community.id || chat.kind !== 'group') return null;
  const buildings = chat.areaId === null ? [] : buildingsIn(chat.areaId, areas);
  return { subjectId: chat.id, title: chat.title ?? '', chatId: chat.id, buildings };
}

function buildingsIn(areaId: string, areas: readonly Area[]): Area[] {
  const own = areas.filter(({ id, kind }) => id === areaId && kind === 'building');
  const below = areas.filter(({ parentId }) => parentId === areaId);
  return [...own, ...below.flatMap(({ id }) => buildingsIn(id, areas))];
}

interface KnownDoor {
  readonly household: Household;
  readonly personIds: readonly string[];
  readonly names: readonly string[];
}

async function readDoors(tx: Transaction, community: Community, buildings: readonly Area[]): Promise<KnownDoor[]> {
  const doors: KnownDoor[] = [];
  for (const { id, name } of buildings) {
    let afterId = '';
    for (;;) {
      const page = await listHouseholdsOfBuilding(tx, community.id, name, { afterId, limit: HOUSEHOLDS_AT_ONCE });
      for (const household of page) {
        if (household.areaId === id) doors.push(await readDoor(tx, community, household));
      }
      const last = page.at(-1);
      if (last === undefined) break;
      afterId = last.id;
    }
  }
  return doors;
}

async function readDoor(tx: Transaction, community: Community, household: Household): Promise<KnownDoor> {
  const personIds = await listMemberIds(tx, household.id);
  const names: string[] = [];
  for (const id of personIds) {
    const person = await findPerson(tx, community.id, id);
    const data = person === null ? null : await readPersonalData(tx, person);
    if (data?.name != null) names.push(data.name);
  }
  return { household, personIds, names };
}

/** Who wrote their door into any list is known by the name they wrote there. */
function namedByLists(doors: readonly KnownDoor[], written: readonly KeptEntry[]): KnownDoor[] {
  const names = new Map<string, string[]>();
  for (const { line } of written) {
    const door = line?.household === undefined ? null : doorText(line.household);
    if (door === null || line?.name === undefined) continue;
    names.set(door, [...(names.get(door) ?? []), line.name]);
  }
  return doors.map((known) => {
    const more = names.get(textOf(known) ?? '') ?? [];
    return { ...known, names: namesNotIn([...known.names, ...more], []) };
  });
}

function textOf({ household }: KnownDoor): string | null {
  return doorText({ ...household.door, building: household.building });
}

interface Lists {
  readonly target: ChainTarget;
  readonly chains: readonly Chain[];
  readonly written: readonly KeptEntry[];
}

/** By what is on record, and by what lists about it say of doors. */
async function whoIsIn(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks'>,
  community: Community,
  { target: { kind, id }, chains, written }: Lists,
): Promise<WhoIsIn> {
  const recorded = await deskOf(parts, kind).whoIsIn(tx, community, id);
  const about = new Set(chains.flatMap((chain) => (isAbout(chain, { kind, id }) ? [chain.id] : [])));
  const entries = written.filter(({ chainId }) => about.has(chainId));
  const doors = entries.flatMap(({ line }) => (line?.household === undefined ? [] : [line.household]));
  const names = entries.flatMap(({ line }) => (line?.name === undefined ? [] : [nameOf(line)]));
  return { ...recorded, doors: [...recorded.doors, ...doors], names: new Set([...recorded.names, ...names]) };
}

function isAbout({ target }: Chain, { kind, id }: ChainTarget): boolean {
  return target?.kind === kind && target.id === id;
}

function isIn(known: KnownDoor, { householdIds, ...inIt }: WhoIsIn): boolean {
  const { household, personIds, names } = known;
  const door = textOf(known);
  return (
    householdIds.has(household.id) ||
    personIds.some((id) => inIt.personIds.has(id)) ||
    names.some((name) => inIt.names.has(bare(name))) ||
    (door !== null && inIt.doors.some((place) => doorText(place) === door))
  );
}

/** Whoever was in another list of this group that was about something of ours. */
function namesOfGroup({ target, chains, written }: Lists, chatId: string): string[] {
  const earlier = new Set(
    chains.flatMap((chain) =>
      chain.chatId === chatId && chain.state === 'matched' && !isAbout(chain, target) ? [chain.id] : [],
    ),
  );
  return written.flatMap(({ chainId, line }) => (earlier.has(chainId) && line?.name !== undefined ? [line.name] : []));
}

function rowOf({ household, names }: KnownDoor): NotYetRow & { readonly place: HouseholdPlace } {
  return { householdId: household.id, place: { ...household.door, building: household.building }, names };
}

function unknownIn(buildings: readonly Area[], known: number): number | null {
  if (buildings.length === 0 || buildings.some(({ households }) => households === null)) return null;
  const counted = buildings.reduce((sum, { households }) => sum + (households?.count ?? 0), 0);
  return Math.max(0, counted - known);
}
