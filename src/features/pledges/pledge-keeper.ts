/** What the pledge feature keeps of a person, for who asks for it or wants it gone. */
import { dayInWords } from '../../lib/day-in-words.ts';
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Pledge } from '../../model/pledge.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { countCheckIns } from '../../store/check-in-table.ts';
import { countMembers, findHouseholdOfPerson } from '../../store/household-table.ts';
import type { Transaction } from '../../store/store.ts';
import { erasePledgesOf } from './household-service.ts';
import { isNewcomer } from './newcomer-service.ts';
import { type Words, wordsIn } from './pledge-words.ts';
import { findPledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import type { PledgeParts } from './scene.ts';

/** To be handed to the privacy feature. */
export function createPledgeKeeper(parts: Pick<PledgeParts, 'habitBook' | 'render'>) {
  return {
    feature: 'pledges',
    describe: (tx: Transaction, person: Person, community: Community, now: Date) =>
      describe(tx, parts, person, community, now),
    foretell,
    stays,
    erase: (tx: Transaction, person: Person): Promise<Effects> => erasePledgesOf(tx, person),
  };
}

async function describe(
  tx: Transaction,
  { habitBook, render }: Pick<PledgeParts, 'habitBook' | 'render'>,
  person: Person,
  community: Community,
  now: Date,
): Promise<Saying[]> {
  const found = await findPledgeOfPerson(tx, community, person.id, now);
  if (found === null) return [];
  const { household, latest } = found;
  const words = wordsIn(community.locale, render, habitBook());
  const place = words.place(household.door);
  // What the family told is not for whoever joined it a moment ago.
  if (await isNewcomer(tx, household, person.id, now)) return [say('pledge.kept-household', { place })];
  const { people } = household;
  const home = people === null ? say('pledge.kept-household', { place }) : say('pledge.kept-family', { place, people });
  return latest === null ? [home] : [home, await keptPledge(tx, household.id, latest, words, community)];
}

async function keptPledge(
  tx: Transaction,
  householdId: string,
  { habits: ids, madeAt }: Pledge,
  words: Words,
  community: Community,
): Promise<Saying> {
  const shown = { habits: words.habits(ids), day: dayInWords(madeAt, community.locale, community.settings.zone) };
  const count = await countCheckIns(tx, householdId);
  return count === 0 ? say('pledge.kept-pledge', shown) : say('pledge.kept-pledge-and-check-ins', { ...shown, count });
}

async function foretell(tx: Transaction, person: Person): Promise<Saying[]> {
  const household = await findHouseholdOfPerson(tx, person.id);
  return household === null || (await countMembers(tx, household.id)) > 1 ? [] : [say('pledge.erase-last')];
}

async function stays(tx: Transaction, person: Person): Promise<Saying[]> {
  const household = await findHouseholdOfPerson(tx, person.id);
  return household !== null && (await countMembers(tx, household.id)) > 1 ? [say('pledge.erase-others')] : [];
}
