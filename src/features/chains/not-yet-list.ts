/**
 * 「还有谁没报」: those we know of a building or a group who are not in an activity or have not pledged this year.
 * For staff alone, to be printed for a walk from door to door; never said in a group, and nobody is counted or compared.
 */
import type { Chain, ChainLine, ChainTarget, KeptEntry } from '../../model/chain.ts';
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
  const doors = withDoorsOfLists(await readDoors(tx, community, round.buildings), written, round);
  const [done, open] = [doors.filter((door) => isIn(door, inIt)), doors.filter((door) => !isIn(door, inIt))];
  const { others, alsoIn } = ofGroup({ target, chains, written }, round, { doors, done, inIt });
  return {
    about: targetViewOf(about),
    title: round.title,
    rows: [
      ...open.map(rowOf).sort((one, other) => byDoor(one.place, other.place)),
      ...others.map(({ name = '', household = null }) => ({ householdId: null, place: household, names: [name] })),
    ],
    done: done.length + alsoIn.length,
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
  /** `null`: it stands in lists alone. */
  readonly householdId: string | null;
  readonly place: HouseholdPlace;
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
  const place = { ...household.door, building: household.building };
  return { householdId: household.id, place, personIds, names };
}

/** Who wrote their door into any list is known by the name they wrote there, whether or not the door is on record. */
function withDoorsOfLists(
  known: readonly KnownDoor[],
  written: readonly KeptEntry[],
  { buildings }: Pick<Round, 'buildings'>,
): KnownDoor[] {
  const doors = new Map(known.map((door) => [doorText(door.place) ?? door.householdId ?? '', door]));
  const here = new Set(buildings.map(({ name }) => bare(name)));
  for (const { line } of written) {
    const place = line?.household;
    const text = place === undefined ? null : doorText(place);
    if (place === undefined || text === null || line?.name === undefined) continue;
    const door = doors.get(text) ?? { householdId: null, place, personIds: [], names: [] };
    if (door.householdId === null && !here.has(bare(place.building ?? ''))) continue;
    doors.set(text, { ...door, names: namesNotIn([...door.names, line.name], []) });
  }
  return [...doors.values()];
}

function isDoorOf(place: HouseholdPlace | undefined, doors: readonly KnownDoor[]): boolean {
  const text = place === undefined ? null : doorText(place);
  return text !== null && doors.some((door) => doorText(door.place) === text);
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
  const { householdId, place, personIds, names } = known;
  const door = doorText(place);
  return (
    (householdId !== null && householdIds.has(householdId)) ||
    personIds.some((id) => inIt.personIds.has(id)) ||
    names.some((name) => inIt.names.has(bare(name))) ||
    (door !== null && inIt.doors.some((other) => doorText(other) === door))
  );
}

interface Walked {
  readonly doors: readonly KnownDoor[];
  readonly done: readonly KnownDoor[];
  readonly inIt: WhoIsIn;
}

/** Those of a group whom no door tells: in earlier lists of it and not in this, and in this. */
function ofGroup(
  lists: Lists,
  { chatId }: Round,
  { doors, done, inIt }: Walked,
): Readonly<Record<'others' | 'alsoIn', readonly ChainLine[]>> {
  if (chatId === null) return { others: [], alsoIn: [] };
  const namesOf = (all: readonly KnownDoor[]) => all.flatMap(({ names }) => names.map(bare));
  const now = linesOfGroup(lists, chatId, true).filter(({ household }) => !isDoorOf(household, doors));
  return {
    others: notAmong(linesOfGroup(lists, chatId, false), [...inIt.names, ...namesOf(doors)]),
    alsoIn: notAmong(now, namesOf(done)),
  };
}

/** Whoever is in the lists of this group about it, or in those about something else of ours. */
function linesOfGroup({ target, chains, written }: Lists, chatId: string, isAboutIt: boolean): ChainLine[] {
  const lists = new Set(
    chains.flatMap((chain) =>
      chain.chatId === chatId && chain.state === 'matched' && isAbout(chain, target) === isAboutIt ? [chain.id] : [],
    ),
  );
  return written.flatMap(({ chainId, line }) => (lists.has(chainId) && line?.name !== undefined ? [line] : []));
}

/** Each name once, with the door where any line of theirs tells it. */
function notAmong(lines: readonly ChainLine[], known: readonly string[]): ChainLine[] {
  const names = namesNotIn(
    lines.map(({ name = '' }) => name),
    known,
  );
  return names.map((name) => {
    const own = lines.filter((line) => nameOf(line) === bare(name));
    return own.findLast(({ household }) => household !== undefined) ?? { name };
  });
}

function rowOf({ householdId, place, names }: KnownDoor): NotYetRow & { readonly place: HouseholdPlace } {
  return { householdId, place, names };
}

function unknownIn(buildings: readonly Area[], known: number): number | null {
  if (buildings.length === 0 || buildings.some(({ households }) => households === null)) return null;
  const counted = buildings.reduce((sum, { households }) => sum + (households?.count ?? 0), 0);
  return Math.max(0, counted - known);
}
