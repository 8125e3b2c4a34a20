/** No longer pledging: for the whole household, by whoever may say so for it. */
import type { Outcome } from '../../runtime/feature.ts';
import { listOwnSignUps } from '../../store/sign-up-table.ts';
import { isNewcomer, reportNewcomer } from './newcomer-service.ts';
import { DRAFT_VERSION, type OpenDraft } from './pledge-draft.ts';
import { findPledgeOfPerson, type PledgeOfPerson, withdrawPledge } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { buttonAsk, type Scene, sayAlone, sayWithButton, tellOthers } from './scene.ts';
import { alone, renewing } from './show-pledge.ts';

export async function withdraw(scene: Scene, open: OpenDraft | null): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (home?.pledge?.state !== 'standing') {
    const said = say(open === null ? 'pledge.nothing-to-withdraw' : 'pledge.dropped');
    return { ...(await alone(scene, said, said)), ask: null };
  }
  const titles = namesPledge(scene) ? [] : await titlesAhead(scene);
  return titles.length > 0 ? askWhich(scene, titles) : withdrawHome(scene, home);
}

/** The answer to which of the two was meant. */
export async function withdrawMeant(scene: Scene): Promise<Outcome> {
  const { tx, community, person, now, understood } = scene.turn;
  const [number] = understood.slots.numbers ?? [];
  if (number === 2) return { messages: [], ask: null, readAs: { intent: 'sign-up.cancel', slots: {} } };
  const home = await findPledgeOfPerson(tx, community, person.id, now);
  if (number === 1 && home?.pledge?.state === 'standing') return withdrawHome(scene, home);
  return { ...(await alone(scene, say('pledge.left-as-is'), say('pledge.left-as-is'))), ask: null };
}

async function withdrawHome(scene: Scene, { household }: PledgeOfPerson): Promise<Outcome> {
  const { tx, community, person, now } = scene.turn;
  if (await isNewcomer(tx, household, person.id, now)) return askFamily(scene, { household });
  await withdrawPledge(tx, community, household.id, scene.actor, now);
  const others = await tellOthers(scene, household.id, renewing(say('pledge.someone-withdrew')), buttonAsk('renew'));
  const said = renewing(say(others.messages.length > 0 ? 'pledge.withdrawn-for-all' : 'pledge.withdrawn'));
  const settled = { ...scene, turn: { ...scene.turn, conversation: null } };
  const own = await sayWithButton(settled, said, 'renew', say('pledge.withdrawn'));
  return {
    ...own,
    messages: [...own.messages, ...others.messages],
    askOthers: [...(own.askOthers ?? []), ...(others.askOthers ?? [])],
  };
}

/** Who joined a moment ago does not speak for the family: it is asked, or the committee where nobody of it can be. */
async function askFamily(scene: Scene, { household }: Pick<PledgeOfPerson, 'household'>): Promise<Outcome> {
  const { tx, community, person, chat, now } = scene.turn;
  const others = await tellOthers(scene, household.id, say('pledge.newcomer-wants-out'), null);
  const isAlone = others.messages.length === 0;
  if (isAlone) {
    const place = scene.words.place(household.door);
    const text = scene.parts.render(community.locale, 'pledge.task-wants-out', { place }, '');
    await reportNewcomer(tx, community, person.id, { personId: person.id, chatId: chat.id }, text, now);
  }
  const said = say(isAlone ? 'pledge.newcomer-withdraws-office' : 'pledge.newcomer-withdraws');
  return { messages: [...(await sayAlone(scene, said, say('pledge.group-private'))), ...others.messages], ask: null };
}

function namesPledge({ turn, parts }: Scene): boolean {
  const word = parts.render(turn.community.locale, 'pledge.word', {}, '');
  return turn.text.toLowerCase().includes(word.toLowerCase());
}

async function titlesAhead({ turn }: Scene): Promise<string[]> {
  const own = await listOwnSignUps(turn.tx, turn.person.id, turn.now);
  return [...new Set(own.map(({ shift }) => shift.title))];
}

async function askWhich(scene: Scene, titles: readonly string[]): Promise<Outcome> {
  const { turn, words } = scene;
  if (turn.chat.kind === 'group') return alone(scene, say('pledge.group-private'), say('pledge.group-private'));
  const activities = words.list(titles.slice(0, 2));
  const choices = [
    { label: say('pledge.meant-pledge') },
    { label: say('pledge.meant-sign-up', { activities }) },
    { label: say('pledge.meant-neither') },
  ];
  const question = { kind: 'choose-shift' as const, options: ['1', '2', '3'] };
  const ask = { step: 'which-withdrawal', version: DRAFT_VERSION, question, answers: { habits: [], topics: [] } };
  return { messages: [{ to: 'here', said: { ...say('pledge.ask-which-withdrawal'), choices } }], ask };
}
