/** What is asked on the way to a pledge: which habits, which door, and the yes. */
import type { Said, SaidChoice } from '../../model/outgoing.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { findHouseholdOfDoor, findHouseholdOfPerson } from '../../store/household-table.ts';
import { listPledgesOfHousehold } from '../../store/pledge-table.ts';
import { type Door, doorKey, mergePlace, sameDoor } from './door-rules.ts';
import type { PledgeDraft } from './pledge-draft.ts';
import { menuOf } from './pledges-rules.ts';
import { findPledgeOfPerson, type PledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { askAlone, type Scene } from './scene.ts';
import { showPledge } from './show-pledge.ts';

export async function askHabits(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home?.pledge?.state === 'standing' && draft.people === undefined && !isElsewhere(draft, home)) {
    return showPledge(scene);
  }
  const options = menuOf(scene.book.habits, scene.day);
  const { formPath } = scene.parts;
  const path = formPath?.(scene.turn.community);
  const link = path === undefined ? {} : { link: { label: say('pledge.form'), path } };
  return askAlone(scene, draft, {
    said: { ...say('pledge.choose', { menu: scene.words.menu(options) }), ballot: ballotOf(scene, options), ...link },
    step: 'choose-habits',
    kind: 'choose-habits',
    options,
    inGroup: { said: { ...say('pledge.group-choose'), ...link }, asks: false },
  });
}

/** Who joined the wrong family and says another door pledges anew there. */
function isElsewhere({ place }: PledgeDraft, { household }: PledgeOfPerson): boolean {
  return place !== undefined && !sameDoor(mergePlace(household.door, place), household.door);
}

function ballotOf({ words }: Scene, options: readonly string[]): SaidChoice[] {
  return options.map((id, index) => ({ label: words.habits([id]), say: String(index + 1) }));
}

/** Numbers come one at a time too: the next one adds, and a door goes on. */
export function askMore(scene: Scene, draft: PledgeDraft, menu: readonly string[]): Promise<Outcome> {
  return askAlone(scene, draft, {
    said: say('pledge.ask-more', { habits: scene.words.habits(draft.habits) }),
    step: 'choose-habits',
    kind: 'choose-habits',
    options: menu,
    inGroup: { said: say('pledge.group-household'), asks: false },
  });
}

export function askHousehold(
  scene: Scene,
  draft: PledgeDraft,
  said: Said,
  step: 'give-household' | 'give-room' | 'give-building' = 'give-household',
): Promise<Outcome> {
  // A door is never asked for in a group: people would answer there.
  const inGroup = { said: say('pledge.group-household'), asks: false };
  return askAlone(scene, draft, { said, step, kind: 'give-household', inGroup });
}

/** Numbered for who types: 1 is yes, 2 is a change, 3 is the notice. */
export const YES_OPTIONS = ['yes', 'change', 'privacy'] as const;

/** `again`: what is asked about was put right; `unclear`: the answer was no answer. */
export async function askYes(scene: Scene, draft: PledgeDraft, again: boolean | 'unclear'): Promise<Outcome> {
  const joins =
    draft.place?.building !== undefined &&
    (await joinsFamily(scene, { ...draft.place, building: draft.place.building }));
  const choices: SaidChoice[] = [
    { label: say('pledge.yes') },
    { label: say('pledge.change-it'), say: say('pledge.change-words') },
    { label: say('pledge.privacy'), say: say('pledge.privacy-words') },
  ];
  const habits = scene.words.habits(draft.habits, draft.topics);
  const asked = (draft.asked ?? []).filter((each) => each !== 'joining');
  const asking: PledgeDraft = { ...draft, asked: joins ? [...asked, 'joining'] : asked };
  return askAlone(scene, asking, {
    said: { ...yesWords(scene, draft, again, joins), choices },
    step: 'confirm',
    kind: scene.hasConsented ? 'confirm' : 'consent',
    options: YES_OPTIONS,
    // That a family is known at a door is not said where everybody reads.
    inGroup: joins
      ? { said: say('pledge.group-household'), asks: false }
      : {
          said: say('pledge.group-confirm', { habits }),
          asks: true,
          together: say('pledge.gathered-confirm', { count: 1 }),
        },
  });
}

function yesWords(scene: Scene, draft: PledgeDraft, again: boolean | 'unclear', joins: boolean): Said {
  const facts = scene.words.facts(draft);
  if (again === 'unclear') return say('pledge.ask-unclear', { facts });
  if (joins) return say('pledge.ask-joining', { facts });
  if (scene.hasConsented) return say('pledge.ask-confirm', { facts });
  return say(again ? 'pledge.ask-again' : 'pledge.ask-consent', { facts });
}

/** Whether somebody else pledged at this door already. */
export async function joinsFamily({ turn }: Scene, door: Door): Promise<boolean> {
  const { tx, community, person } = turn;
  const family = await findHouseholdOfDoor(tx, community.id, doorKey(door, person.id));
  if (family === null || (await findHouseholdOfPerson(tx, person.id))?.id === family.id) return false;
  return (await listPledgesOfHousehold(tx, family.id)).length > 0;
}
