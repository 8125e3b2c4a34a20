/** Talking a pledge over: from the first sentence, through what is missing, to the yes that makes it count. */
import { CONSENT_VERSION } from '../../model/consent.ts';
import { type Household, MOST_PEOPLE } from '../../model/household.ts';
import type { Said, SaidChoice } from '../../model/outgoing.ts';
import type { Slots } from '../../model/understanding.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import { recordConsent } from '../../store/person-table.ts';
import { mergePlace, sameDoor } from './door-rules.ts';
import { resolveDoor } from './household-service.ts';
import { EMPTY_DRAFT, type OpenDraft, type PledgeDraft } from './pledge-draft.ts';
import { categoriesMeant, habitsMeant, menuOf, unite } from './pledges-rules.ts';
import { findPledgeOfPerson, makePledge, type NewPledge, type PledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { askAlone, type Scene, sayAlone, tellOthers } from './scene.ts';
import { showPledge } from './show-pledge.ts';

export async function startPledge(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const draft = addSlots(scene, EMPTY_DRAFT, understood.slots);
  if (home !== null && isPlainAddition(scene, draft, home)) return addAtOnce(scene, draft, home);
  return proceed(scene, withHome(draft, home));
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
  return proceed(scene, addSlots(scene, base, heard), step === 'confirm' || step === 'correct');
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

/** Asks for what is still missing, or for the yes. `again`: the yes was asked for before. */
export async function proceed(scene: Scene, draft: PledgeDraft, again = false): Promise<Outcome> {
  if (draft.habits.length === 0) return askHabits(scene, draft);
  const { tx, community } = scene.turn;
  if (draft.place === undefined) return askHousehold(scene, draft, say('pledge.ask-household'));
  const door = await resolveDoor(tx, community.id, draft.place);
  if (door.ok) return askYes(scene, { ...draft, place: door.door }, again);
  if (door.why === 'no-building') return askHousehold(scene, draft, say('pledge.ask-building'));
  return askHousehold(scene, draft, say('pledge.ask-compound', { compounds: scene.words.list(door.compounds) }));
}

/** The yes: from here on the household is kept. */
export async function keepPledge(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const { tx, community, person, chat, now } = scene.turn;
  const door = draft.place === undefined ? null : await resolveDoor(tx, community.id, draft.place);
  if (draft.habits.length === 0 || door === null || !door.ok) return proceed(scene, draft);
  if (!scene.hasConsented) await recordConsent(tx, person.id, CONSENT_VERSION, now);
  const before = await findHouseholdOfPerson(tx, person.id);
  const wanted = { ...draft, ...ownDoor(before, door) };
  const made = await makePledge(tx, community, scene.actor, wanted, now);
  const habits = scene.words.habits(made.pledge.habits);
  const said = {
    made: 'pledge.made',
    joined: 'pledge.joined',
    renewed: 'pledge.renewed',
    known: 'pledge.known',
    withdrawn: 'pledge.shown-withdrawn',
  } as const;
  const isGroup = chat.kind === 'group';
  const answer = isGroup ? say('pledge.group-made') : say(said[made.what], { habits });
  const isNewHere = before?.id !== made.household.id;
  const others = isNewHere ? await tellOthers(scene, made.household.id, say('pledge.someone-joined', { habits })) : [];
  return { messages: [{ to: 'here', said: answer }, ...others], ask: null };
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
  const shown = { habits: scene.words.habits(made.pledge.habits, draft.topics) };
  const keys = {
    made: 'pledge.made',
    joined: 'pledge.added',
    renewed: 'pledge.renewed',
    known: 'pledge.known',
    withdrawn: 'pledge.shown-withdrawn',
  } as const;
  return {
    messages: await sayAlone(scene, say(keys[made.what], shown), say('pledge.group-made')),
    ask: null,
  };
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

async function askHabits(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home?.pledge?.state === 'standing' && draft.people === undefined) return showPledge(scene);
  const options = menuOf(scene.book.habits, scene.day);
  const { formPath } = scene.parts;
  const path = formPath?.(scene.turn.community);
  const link = path === undefined ? {} : { link: { label: say('pledge.form'), path } };
  return askAlone(scene, draft, {
    said: { ...say('pledge.choose', { menu: scene.words.menu(options) }), ...link },
    step: 'choose-habits',
    kind: 'choose-habits',
    options,
    inGroup: { said: { ...say('pledge.group-choose'), ...link }, asks: false },
  });
}

function askHousehold(scene: Scene, draft: PledgeDraft, said: Said): Promise<Outcome> {
  // A door is never asked for in a group: people would answer there.
  const inGroup = { said: say('pledge.group-household'), asks: false };
  return askAlone(scene, draft, { said, step: 'give-household', kind: 'give-household', inGroup });
}

/** Numbered for who types: 1 is yes, 2 is a change, 3 is the notice. */
export const YES_OPTIONS = ['yes', 'change', 'privacy'] as const;

async function askYes(scene: Scene, draft: PledgeDraft, again: boolean): Promise<Outcome> {
  const facts = scene.words.facts(draft);
  const said = scene.hasConsented
    ? say('pledge.ask-confirm', { facts })
    : say(again ? 'pledge.ask-again' : 'pledge.ask-consent', { facts });
  const choices: SaidChoice[] = [
    { label: say('pledge.yes') },
    { label: say('pledge.change-it'), say: say('pledge.change-words') },
    { label: say('pledge.privacy'), say: say('pledge.privacy-words') },
  ];
  const habits = scene.words.habits(draft.habits, draft.topics);
  return askAlone(scene, draft, {
    said: { ...said, choices },
    step: 'confirm',
    kind: scene.hasConsented ? 'confirm' : 'consent',
    options: YES_OPTIONS,
    inGroup: { said: say('pledge.group-confirm', { habits }), asks: true },
  });
}
