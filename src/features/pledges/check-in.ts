/** A habit somebody kept today: noted for the household alone, thanked for, never counted against anybody. */
import type { Outcome } from '../../runtime/feature.ts';
import { insertCheckIn } from '../../store/check-in-table.ts';
import { isNewcomer } from './newcomer-service.ts';
import { EMPTY_DRAFT } from './pledge-draft.ts';
import { habitsMeant } from './pledges-rules.ts';
import { findPledgeOfPerson } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { askAlone, type Scene } from './scene.ts';

export async function checkIn(scene: Scene): Promise<Outcome> {
  const { tx, community, person, chat, now, understood } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const thanks: Outcome = { messages: [{ to: 'here', said: say('pledge.check-in-thanks') }] };
  // Without a household there is nobody to note it for; thanks cost nothing.
  if (home === null) return thanks;
  const said = habitsMeant(scene.book, understood.slots);
  // What the family pledged is not listed to whoever joined it a moment ago.
  const isNew = await isNewcomer(tx, home.household, person.id, now);
  const pledged = home.pledge?.state === 'standing' && !isNew ? home.pledge.habits : [];
  const meant = said.length === 0 && pledged.length === 1 ? pledged : said;
  if (meant.length > 0) return note(scene, home.household.id, meant);
  return pledged.length === 0 || chat.kind === 'group' ? thanks : askWhich(scene, pledged);
}

/** The answer to the question which one it was. */
export async function noteAnswer(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood, conversation } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  const options = conversation?.question?.options ?? [];
  const chosen = (understood.slots.numbers ?? []).flatMap((number) => options[number - 1] ?? []);
  const habits = habitsMeant(scene.book, { habits: [...(understood.slots.habits ?? []), ...chosen] });
  if (home === null || habits.length === 0) {
    return { messages: [{ to: 'here', said: say('pledge.check-in-thanks') }], ask: null };
  }
  return note(scene, home.household.id, habits);
}

async function note(scene: Scene, householdId: string, habits: readonly string[]): Promise<Outcome> {
  for (const habit of habits) await insertCheckIn(scene.turn.tx, householdId, habit, scene.day);
  const isGroup = scene.turn.chat.kind === 'group';
  const said = isGroup ? say('pledge.check-in-thanks') : say('pledge.check-in', { habits: scene.words.habits(habits) });
  return { messages: [{ to: 'here', said }], ask: null };
}

function askWhich(scene: Scene, options: readonly string[]): Promise<Outcome> {
  return askAlone(scene, EMPTY_DRAFT, {
    said: say('pledge.check-in-which', { menu: scene.words.menu(options) }),
    step: 'check-in',
    kind: 'choose-habits',
    options,
    inGroup: { said: say('pledge.check-in-thanks'), asks: false },
  });
}
