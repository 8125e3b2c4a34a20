/** The family hears of whoever joined it by saying its door, and may say that it does not know them. */
import { z } from 'zod';
import type { Ask, Effects, Outcome } from '../../runtime/feature.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import { reportNewcomer } from './newcomer-service.ts';
import type { MadePledge } from './pledges-service.ts';
import { say } from './pledges-texts.ts';
import { type Scene, tellOthers } from './scene.ts';

const STEP = 'newcomer';
const VERSION = 1;
const Answers = z.object({ newcomerId: z.string() });
// As long as somebody is a newcomer.
const OPEN_FOR_MS = 3 * 24 * 60 * 60_000;

export function tellOfNewcomer(scene: Scene, { household, pledge }: MadePledge): Promise<Effects> {
  const ask: Ask = {
    step: STEP,
    version: VERSION,
    question: { kind: 'confirm', options: ['known', 'not-ours'] },
    answers: { newcomerId: scene.turn.person.id },
    openForMs: OPEN_FOR_MS,
  };
  const choices = [{ label: say('pledge.newcomer-is-ours') }, { label: say('pledge.newcomer-not-ours') }];
  const said = { ...say('pledge.someone-joined', { habits: scene.words.habits(pledge.habits) }), choices };
  return tellOthers(scene, household.id, said, ask);
}

/** `null` where this is no answer to it. */
export async function hearAboutNewcomer(scene: Scene): Promise<Outcome | null> {
  const { conversation, understood } = scene.turn;
  if (conversation === null || conversation.step !== STEP || conversation.version !== VERSION) return null;
  const answers = Answers.safeParse(conversation.answers);
  if (!answers.success) return null;
  const { intent, slots } = understood;
  if (intent === 'confirm') return slots.yes === true ? know() : report(scene, answers.data.newcomerId);
  if (intent === 'choice') return slots.numbers?.[0] === 1 ? know() : report(scene, answers.data.newcomerId);
  return null;
}

function know(): Outcome {
  return { messages: [{ to: 'here', said: say('pledge.newcomer-known') }], ask: null };
}

async function report({ turn, parts, words }: Scene, newcomerId: string): Promise<Outcome> {
  const { tx, community, person, chat, now } = turn;
  const home = await findHouseholdOfPerson(tx, person.id);
  const place = home === null ? '' : words.place(home.door);
  const text = parts.render(community.locale, 'pledge.task-not-ours', { place }, '');
  await reportNewcomer(tx, community, newcomerId, { personId: person.id, chatId: chat.id }, text, now);
  return { messages: [{ to: 'here', said: say('pledge.newcomer-reported') }], ask: null };
}
