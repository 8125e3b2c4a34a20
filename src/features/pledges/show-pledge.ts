/** Showing a household what it has pledged, to its members alone. */
import { dayInWords } from '../../lib/day-in-words.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { isNewcomer } from './newcomer-service.ts';
import { EMPTY_DRAFT } from './pledge-draft.ts';
import { findPledgeOfPerson, type PledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { askAlone, type Scene, sayAlone, sayWithButton } from './scene.ts';

export async function showPledge(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home === null || home.latest === null) return offerPledge(scene);
  if (await isNewcomer(tx, home.household, person.id, now)) return tellToWait(scene, home);
  const { household, pledge, latest } = home;
  if (pledge === null) return askForThisYear(scene, home, latest.period, latest.habits);
  const habits = scene.words.habits(pledge.habits);
  if (pledge.state === 'withdrawn') {
    const said = renewing(say('pledge.shown-withdrawn', { habits }));
    return sayWithButton(scene, said, 'renew', say('pledge.group-private'));
  }
  const facts = scene.words.facts({ place: household.door, habits: pledge.habits, people: household.people });
  const day = dayInWords(pledge.madeAt, community.locale, community.settings.zone);
  return alone(scene, say('pledge.shown', { facts, day }), say('pledge.group-private'));
}

/** What the family told is not for whoever joined it a moment ago. */
export async function tellToWait(scene: Scene, { household }: Pick<PledgeOfPerson, 'household'>): Promise<Outcome> {
  const said = say('pledge.newcomer-waits', { place: scene.words.place(household.door) });
  return alone(scene, said, say('pledge.group-private'));
}

function askForThisYear(
  scene: Scene,
  { household }: PledgeOfPerson,
  period: string,
  habits: readonly string[],
): Promise<Outcome> {
  return askAlone(
    scene,
    { ...EMPTY_DRAFT, place: household.door, habits: [...habits] },
    {
      said: say('pledge.shown-earlier', { period, habits: scene.words.habits(habits) }),
      step: 'confirm',
      kind: 'confirm',
      inGroup: { said: say('pledge.group-private'), asks: false },
    },
  );
}

export async function alone(scene: Scene, said: Said, inGroup: Said): Promise<Outcome> {
  return { messages: await sayAlone(scene, said, inGroup) };
}

/** To whoever has none yet. */
export function offerPledge(scene: Scene): Promise<Outcome> {
  const choices = [{ label: say('pledge.begin'), say: say('pledge.begin-words') }];
  return sayWithButton(scene, { ...say('pledge.none'), choices }, 'begin', say('pledge.group-private'));
}

export function renewing(said: Said): Said {
  return { ...said, choices: [{ label: say('pledge.renew'), say: say('pledge.renew-words') }] };
}
