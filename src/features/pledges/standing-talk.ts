/** Changing and withdrawing what a household has pledged. */
import type { Outcome } from '../../runtime/feature.ts';
import { proceed } from './make-pledge.ts';
import { EMPTY_DRAFT, type OpenDraft } from './pledge-draft.ts';
import { applyChange, habitsMeant } from './pledges-rules.ts';
import { changePledge, findPledgeOfPerson, withdrawPledge } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { type Scene, sayAlone, tellOthers } from './scene.ts';
import { alone, offering, renewing } from './show-pledge.ts';

export async function changeHabits(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const { add = [], remove = [], topics } = understood.slots;
  const change = { add: habitsMeant(scene.book, { habits: add, topics }), remove };
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home?.pledge?.state !== 'standing') return startFrom(scene, change.add);
  const result = await changePledge(tx, community, home.household.id, scene.actor, change, now);
  if (!result.ok) return alone(scene, say('pledge.nothing-left'), say('pledge.nothing-left'));
  const shown = { habits: scene.words.habits(result.pledge.habits) };
  const said = say(result.changed ? 'pledge.changed' : 'pledge.not-changed', shown);
  return alone(scene, said, say('pledge.group-made'));
}

/** The same words while the pledge is still a draft. */
export async function changeDraft(scene: Scene, { draft }: OpenDraft): Promise<Outcome> {
  const { add = [], remove = [], household } = scene.turn.understood.slots;
  const known = habitsMeant(scene.book, { habits: add });
  const place = household === undefined ? {} : { place: { ...draft.place, ...household } };
  return proceed(scene, { ...draft, ...place, habits: applyChange(draft.habits, { add: known, remove }) }, true);
}

export async function withdraw(scene: Scene, open: OpenDraft | null): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const withdrawn = home === null ? null : await withdrawPledge(tx, community, home.household.id, scene.actor, now);
  if (home === null || withdrawn === null) {
    const said = say(open === null ? 'pledge.nothing-to-withdraw' : 'pledge.dropped');
    return { ...(await alone(scene, said, said)), ask: null };
  }
  const others = await tellOthers(scene, home.household.id, renewing(say('pledge.someone-withdrew')));
  const said = renewing(say(others.length > 0 ? 'pledge.withdrawn-for-all' : 'pledge.withdrawn'));
  return { messages: [...(await sayAlone(scene, said, say('pledge.withdrawn'))), ...others], ask: null };
}

/** Somebody who adds to a pledge that does not stand wants one. */
async function startFrom(scene: Scene, habits: readonly string[]): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  if (habits.length === 0) return alone(scene, offering(say('pledge.none')), say('pledge.none'));
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const place = home === null ? {} : { place: home.household.door };
  return proceed(scene, { ...EMPTY_DRAFT, ...place, habits: [...habits] });
}
