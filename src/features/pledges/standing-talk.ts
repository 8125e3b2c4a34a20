/** Changing what a household has pledged. */
import { MOST_PEOPLE } from '../../model/household.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { mergePlace } from './door-rules.ts';
import { tellPeople } from './household-people.ts';
import { setPeople } from './household-service.ts';
import { proceed } from './make-pledge.ts';
import { isNewcomer } from './newcomer-service.ts';
import { EMPTY_DRAFT, type OpenDraft } from './pledge-draft.ts';
import { applyChange, habitsMeant } from './pledges-rules.ts';
import { changePledge, findPledgeOfPerson, type HabitChange, type PledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import type { Scene } from './scene.ts';
import { alone, offerPledge, tellToWait } from './show-pledge.ts';

export async function changeHabits(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const { add = [], remove = [], topics, people } = understood.slots;
  const change = { add: habitsMeant(scene.book, { habits: add, topics }), remove };
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home?.pledge?.state !== 'standing') return startFrom(scene, home, change.add);
  const addsOnly = change.add.length > 0 && remove.length === 0 && people === undefined;
  if (await isNewcomer(tx, home.household, person.id, now)) {
    return addsOnly ? addAsNewcomer(scene, home, change) : tellToWait(scene, home);
  }
  if (people !== undefined) await setPeople(tx, community, home.household.id, people);
  if (change.add.length + remove.length > 0) return changeAtOnce(scene, home, change);
  return people === undefined ? showWhatCanChange(scene, home) : tellPeople(scene, people);
}

async function changeAtOnce(scene: Scene, { household }: PledgeOfPerson, change: HabitChange): Promise<Outcome> {
  const { tx, community, now } = scene.turn;
  const result = await changePledge(tx, community, household.id, scene.actor, change, now);
  if (!result.ok) return alone(scene, say('pledge.nothing-left'), say('pledge.nothing-left'));
  const shown = { habits: scene.words.habits(result.pledge.habits) };
  return alone(scene, say(result.changed ? 'pledge.changed' : 'pledge.not-changed', shown), say('pledge.group-made'));
}

async function addAsNewcomer(scene: Scene, { household }: PledgeOfPerson, change: HabitChange): Promise<Outcome> {
  const { tx, community, now } = scene.turn;
  await changePledge(tx, community, household.id, scene.actor, change, now);
  const said = say('pledge.newcomer-added', { habits: scene.words.habits(change.add) });
  return alone(scene, said, say('pledge.group-made'));
}

function showWhatCanChange(scene: Scene, { household, pledge }: PledgeOfPerson): Promise<Outcome> {
  const habits = pledge?.habits ?? [];
  const facts = scene.words.facts({ place: household.door, habits, people: household.people });
  return alone(scene, say('pledge.change-how', { facts }), say('pledge.group-private'));
}

/** The same words while the pledge is still a draft. */
export async function changeDraft(scene: Scene, { draft, step }: OpenDraft): Promise<Outcome> {
  const { add = [], remove = [], household, people } = scene.turn.understood.slots;
  const known = habitsMeant(scene.book, { habits: add });
  const place = household === undefined ? {} : { place: mergePlace(draft.place, household) };
  const count = people === undefined || people < 1 || people > MOST_PEOPLE ? {} : { people };
  const habits = applyChange(draft.habits, { add: known, remove });
  return proceed(scene, { ...draft, ...place, ...count, habits }, { again: step === 'confirm' || step === 'correct' });
}

/** Somebody who adds to a pledge that does not stand wants one. */
async function startFrom(scene: Scene, home: PledgeOfPerson | null, habits: readonly string[]): Promise<Outcome> {
  if (habits.length === 0) return offerPledge(scene);
  const place = home === null ? {} : { place: home.household.door };
  return proceed(scene, { ...EMPTY_DRAFT, ...place, habits: [...habits] });
}
