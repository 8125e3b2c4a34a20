/** How many they are at home, told of a household that has pledged. */
import { MOST_PEOPLE } from '../../model/household.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { setPeople } from './household-service.ts';
import { isNewcomer } from './newcomer-service.ts';
import type { PledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import type { Scene } from './scene.ts';
import { alone, tellToWait } from './show-pledge.ts';

export async function hearPeople(scene: Scene, { household }: PledgeOfPerson, people: number): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  if (await isNewcomer(tx, household, person.id, now)) return tellToWait(scene, { household });
  await setPeople(tx, community, household.id, people);
  return tellPeople(scene, people);
}

export function tellPeople(scene: Scene, people: number): Promise<Outcome> {
  const isLikely = people >= 1 && people <= MOST_PEOPLE;
  const said = isLikely ? say('pledge.people-changed', { people }) : say('pledge.people-unlikely', { people });
  return alone(scene, said, say('pledge.group-made'));
}
