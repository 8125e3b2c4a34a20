/** Showing a household what it has pledged, to its members alone. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { EMPTY_DRAFT } from './pledge-draft.ts';
import { findPledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { askAlone, type Scene, sayAlone } from './scene.ts';

export async function showPledge(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home === null || home.latest === null)
    return alone(scene, offering(say('pledge.none')), say('pledge.group-private'));
  const { household, pledge, latest } = home;
  if (pledge === null) return askForThisYear(scene, latest.period, latest.habits);
  const habits = scene.words.habits(pledge.habits);
  if (pledge.state === 'withdrawn') {
    return alone(scene, renewing(say('pledge.shown-withdrawn', { habits })), say('pledge.group-private'));
  }
  const facts = scene.words.facts({ place: household.door, habits: pledge.habits, people: household.people });
  const day = localDate(pledge.madeAt, community.settings.zone);
  return alone(scene, say('pledge.shown', { facts, day }), say('pledge.group-private'));
}

async function askForThisYear(scene: Scene, period: string, habits: readonly string[]): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const place = home === null ? {} : { place: home.household.door };
  return askAlone(
    scene,
    { ...EMPTY_DRAFT, ...place, habits: [...habits] },
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

export function renewing(said: Said): Said {
  return { ...said, choices: [{ label: say('pledge.renew'), say: say('pledge.renew-words') }] };
}

export function offering(said: Said): Said {
  return { ...said, choices: [{ label: say('pledge.begin'), say: say('pledge.begin-words') }] };
}
