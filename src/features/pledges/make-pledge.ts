/** Talking a pledge over: from the first sentence, through what is missing, to the yes that makes it count. */
import { CONSENT_VERSION } from '../../model/consent.ts';
import { type Household, MOST_PEOPLE } from '../../model/household.ts';
import type { Gathering, Outgoing, Said } from '../../model/outgoing.ts';
import type { Slots } from '../../model/understanding.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import { recordConsent } from '../../store/person-table.ts';
import { askAboutDoor, markUnknownBuilding } from './door-doubts.ts';
import { mergePlace, sameDoor } from './door-rules.ts';
import { hearPeople } from './household-people.ts';
import { resolveDoor } from './household-service.ts';
import { isNewcomer } from './newcomer-service.ts';
import { tellOfNewcomer } from './newcomer-talk.ts';
import { EMPTY_DRAFT, type OpenDraft, type PledgeDraft } from './pledge-draft.ts';
import { askHabits, askHousehold, askMore, askYes, joinsFamily } from './pledge-questions.ts';
import { categoriesMeant, habitsMeant, unite } from './pledges-rules.ts';
import {
  findPledgeOfPerson,
  type MadePledge,
  makePledge,
  type NewPledge,
  type PledgeOfPerson,
} from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { type Scene, sayAlone } from './scene.ts';

export async function startPledge(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const draft = addSlots(scene, EMPTY_DRAFT, understood.slots);
  if (home !== null && isPlainAddition(scene, draft, home)) return addAtOnce(scene, draft, home);
  if (home?.pledge?.state === 'standing' && draft.people !== undefined && isCountAlone(draft)) {
    return hearPeople(scene, home, draft.people);
  }
  const isNew = home !== null && (await isNewcomer(tx, home.household, person.id, now));
  return proceed(scene, isNew ? draft : withHome(draft, home));
}

function isCountAlone({ habits, topics, place }: PledgeDraft): boolean {
  return habits.length === 0 && topics.length === 0 && place === undefined;
}

/** One more sentence while a draft is open adds to it; after a no it replaces, and a whole pledge begins anew. */
export async function continuePledge(scene: Scene, { step, draft }: OpenDraft): Promise<Outcome> {
  const { slots } = scene.turn.understood;
  const saysHabits = (slots.habits ?? slots.topics ?? []).length > 0;
  const isWhole = saysHabits && slots.household !== undefined;
  const kept = isWhole ? EMPTY_DRAFT : { ...draft, habits: [], topics: [] };
  const base = isWhole || (step === 'correct' && saysHabits) ? kept : draft;
  // Two of 前两个 are habits, not people.
  const heard = step === 'choose-habits' && slots.household === undefined ? { ...slots, people: undefined } : slots;
  const picked = step === 'choose-habits' ? (scene.turn.conversation?.question?.options ?? []) : [];
  const isOne = new Set(heard.habits).size === 1;
  return proceed(scene, addSlots(scene, base, heard), {
    again: step === 'confirm' || step === 'correct',
    menu: isOne ? picked : [],
  });
}

function addSlots(scene: Scene, draft: PledgeDraft, slots: Slots): PledgeDraft {
  const habits = habitsMeant(scene.book, slots);
  const { household, people } = slots;
  const isLikely = people !== undefined && people >= 1 && people <= MOST_PEOPLE;
  return {
    ...draft,
    habits: unite(draft.habits, habits),
    topics: unite(draft.topics, categoriesMeant(scene.book.habitCategories, slots.topics)),
    ...(household === undefined ? {} : { place: mergePlace(draft.place, household) }),
    ...(isLikely ? { people } : {}),
  };
}

export interface Course {
  /** The yes was asked for before. */
  readonly again?: boolean;
  /** What was offered by number, where one of it was chosen: the next number adds another. */
  readonly menu?: readonly string[];
}

/** Asks for what is still missing, or for the yes. */
export async function proceed(
  scene: Scene,
  draft: PledgeDraft,
  { again = false, menu = [] }: Course = {},
): Promise<Outcome> {
  if (draft.habits.length === 0) return askHabits(scene, draft);
  const { tx, community } = scene.turn;
  if (draft.place === undefined) {
    return menu.length > 0 ? askMore(scene, draft, menu) : askHousehold(scene, draft, say('pledge.ask-household'));
  }
  const door = await resolveDoor(tx, community.id, draft.place);
  if (door.ok) return (await askAboutDoor(scene, draft, door)) ?? askYes(scene, { ...draft, place: door.door }, again);
  if (door.why === 'no-building') return askHousehold(scene, draft, say('pledge.ask-building'));
  return askHousehold(scene, draft, say('pledge.ask-compound', { compounds: scene.words.list(door.compounds) }));
}

/** The yes: from here on the household is kept. */
export async function keepPledge(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const { tx, community, person, chat, now } = scene.turn;
  const door = draft.place === undefined ? null : await resolveDoor(tx, community.id, draft.place);
  if (draft.habits.length === 0 || door === null || !door.ok) return proceed(scene, draft);
  const joins = await joinsFamily(scene, door.door);
  // Somebody pledged at that door while this one was thinking it over.
  if (joins && draft.asked?.includes('joining') !== true) return askYes(scene, draft, true);
  if (!scene.hasConsented) await recordConsent(tx, person.id, CONSENT_VERSION, now);
  const before = await findHouseholdOfPerson(tx, person.id);
  const made = await makePledge(tx, community, scene.actor, { ...draft, ...ownDoor(before, door) }, now);
  await markUnknownBuilding(scene, door);
  const words = madeWords(scene, draft, made, joins);
  const answer: Outgoing =
    chat.kind === 'group'
      ? { to: 'here', said: say('pledge.group-made'), gathering: { ...countedHousehold(made), alone: words } }
      : { to: 'here', said: words };
  const others = joins ? await tellOfNewcomer(scene, made) : { messages: [] };
  return { ...others, messages: [answer, ...others.messages], ask: null };
}

/** Among neighbours who pledge together a household counts once, and not again for a member who joins it. */
function countedHousehold({ what, pledge }: MadePledge): Gathering {
  const count = what === 'made' || what === 'renewed' ? 1 : 0;
  return { said: say('pledge.gathered-made', { count }), of: pledge.householdId };
}

const MADE_WORDS = {
  made: 'pledge.made',
  joined: 'pledge.joined',
  renewed: 'pledge.renewed',
  known: 'pledge.known',
  withdrawn: 'pledge.shown-withdrawn',
} as const;

function madeWords(scene: Scene, draft: PledgeDraft, { what, pledge }: MadePledge, joins: boolean): Said {
  if (joins) return say('pledge.joined-newcomer', { habits: scene.words.habits(draft.habits) });
  return say(MADE_WORDS[what], { habits: scene.words.habits(pledge.habits) });
}

/** A member who says their own door means the household as it is kept, even where more is known of places today. */
function ownDoor(household: Household | null, found: Pick<NewPledge, 'door' | 'areaId'>): typeof found {
  if (household === null || !sameDoor(household.door, found.door)) return found;
  return { ...found, door: { ...household.door, building: household.building } };
}

/** A member who has agreed before only adds a habit or takes up a withdrawn pledge: that can be undone, so nobody asks. */
function isPlainAddition(scene: Scene, { place, habits }: PledgeDraft, { household, pledge }: PledgeOfPerson): boolean {
  const isHome = place === undefined || sameDoor(mergePlace(household.door, place), household.door);
  return scene.hasConsented && pledge !== null && isHome && (habits.length > 0 || pledge.state === 'withdrawn');
}

async function addAtOnce(scene: Scene, draft: PledgeDraft, { household, pledge }: PledgeOfPerson): Promise<Outcome> {
  const { tx, community, now } = scene.turn;
  const made = await makePledge(
    tx,
    community,
    scene.actor,
    {
      door: { ...household.door, building: household.building },
      areaId: household.areaId,
      habits: draft.habits.length > 0 ? draft.habits : (pledge?.habits ?? []),
      people: draft.people,
    },
    now,
  );
  const isNew = await isNewcomer(tx, household, scene.turn.person.id, now);
  const shown = { habits: scene.words.habits(isNew ? draft.habits : made.pledge.habits, draft.topics) };
  const key = isNew ? 'pledge.newcomer-added' : made.what === 'joined' ? 'pledge.added' : MADE_WORDS[made.what];
  const messages = await sayAlone(scene, say(key, shown), say('pledge.group-made'), countedHousehold(made));
  return { messages, ask: null };
}

function withHome(draft: PledgeDraft, home: PledgeOfPerson | null): PledgeDraft {
  if (home === null) return draft;
  const { household, latest } = home;
  const place = draft.place === undefined ? household.door : draft.place;
  const isPartOfHome = place.building === undefined;
  return {
    ...draft,
    habits: draft.habits.length === 0 && home.pledge === null ? [...(latest?.habits ?? [])] : draft.habits,
    place: isPartOfHome ? mergePlace(household.door, place) : place,
  };
}
