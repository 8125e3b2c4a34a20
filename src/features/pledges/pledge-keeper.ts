/** What the pledge feature keeps of a person, for who asks for it or wants it gone. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { countCheckIns } from '../../store/check-in-table.ts';
import { countMembers, findHouseholdOfPerson } from '../../store/household-table.ts';
import type { Transaction } from '../../store/store.ts';
import { erasePledgesOf } from './household-service.ts';
import { wordsIn } from './pledge-words.ts';
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
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home === null) return [];
  const { household, latest } = home;
  const words = wordsIn(community.locale, render, habitBook());
  const checkIns = await countCheckIns(tx, household.id);
  return [
    say('pledge.kept-household', { place: words.place(household.door) }),
    ...(household.people === null ? [] : [say('pledge.kept-people', { people: household.people })]),
    ...(latest === null ? [] : [keptPledge(words.habits(latest.habits), latest.madeAt, community)]),
    ...(checkIns === 0 ? [] : [say('pledge.kept-check-ins', { count: checkIns })]),
  ];
}

function keptPledge(habits: string, madeAt: Date, community: Community): Saying {
  return say('pledge.kept-pledge', { habits, day: localDate(madeAt, community.settings.zone) });
}

async function foretell(tx: Transaction, person: Person): Promise<Saying[]> {
  const household = await findHouseholdOfPerson(tx, person.id);
  if (household === null) return [];
  return [say((await countMembers(tx, household.id)) > 1 ? 'pledge.erase-others' : 'pledge.erase-last')];
}
