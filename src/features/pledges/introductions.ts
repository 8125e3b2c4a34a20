/** Somebody says where they live or what they are called without having been asked. */
import { cutGraphemes } from '../../lib/text.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { savePersonName } from '../../store/person-table.ts';
import { mergePlace, sameDoor } from './door-rules.ts';
import { proceed } from './make-pledge.ts';
import { isNewcomer } from './newcomer-service.ts';
import { EMPTY_DRAFT } from './pledge-draft.ts';
import { askHousehold } from './pledge-questions.ts';
import { findPledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { type Scene, sayAlone } from './scene.ts';

/** The beginning of a pledge, or a move: what was pledged then goes along to the new door, after a yes. */
export async function hearHousehold(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const said = understood.slots.household;
  if (said === undefined) return askRightDoor(scene);
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home === null) return proceed(scene, { ...EMPTY_DRAFT, place: said });
  const place = mergePlace(home.household.door, said);
  if (sameDoor(place, home.household.door)) {
    const same = say('pledge.same-household', { place: scene.words.place(home.household.door) });
    return { messages: await sayAlone(scene, same, say('pledge.group-private')) };
  }
  // What the family told does not move out with whoever joined it a moment ago.
  if (await isNewcomer(tx, home.household, person.id, now)) return proceed(scene, { ...EMPTY_DRAFT, place });
  const people = home.household.people === null ? {} : { people: home.household.people };
  return proceed(scene, { ...EMPTY_DRAFT, ...people, habits: [...(home.latest?.habits ?? [])], place });
}

/** 门牌错了, 那家不是我家: nothing is left before the right door is known and confirmed. */
async function askRightDoor(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home === null) return { messages: await sayAlone(scene, say('pledge.none'), say('pledge.group-private')) };
  const { household, latest } = home;
  const isNew = await isNewcomer(tx, household, person.id, now);
  const draft = isNew ? EMPTY_DRAFT : { ...EMPTY_DRAFT, habits: [...(latest?.habits ?? [])] };
  return askHousehold(scene, draft, say('pledge.ask-right-door', { place: scene.words.place(household.door) }));
}

const NAME_GRAPHEMES = 30;

/** Kept only where the person has agreed that something is kept. */
export async function hearName(scene: Scene): Promise<Outcome> {
  const { tx, person, understood } = scene.turn;
  const name = cutGraphemes((understood.slots.name ?? '').trim(), NAME_GRAPHEMES);
  if (name === '') return { messages: [] };
  if (scene.hasConsented) await savePersonName(tx, person, name);
  const said = say(scene.hasConsented ? 'pledge.name-kept' : 'pledge.name-heard', { name });
  return { messages: await sayAlone(scene, said, null) };
}
