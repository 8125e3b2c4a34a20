/** The way to a person of the committee: what is said to have been passed on has been, in the same transaction. */

import { z } from 'zod';
import type { Saying } from '../../model/text.ts';
import type { IssueKind } from '../../model/understanding.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { mayRaiseTask } from '../../store/task-allowance.ts';
import { addToTask } from '../../store/task-table.ts';
import { type DeskContent, inWords } from './front-desk-parts.ts';
import { askPerson, reportIssue } from './front-desk-service.ts';
import { say } from './front-desk-texts.ts';

const STEP = 'for-person';
const WHERE_STEP = 'where';
const VERSION = 2;
/** A house number said later is more likely somebody's own door again. */
const WHERE_OPEN_MS = 30 * 60_000;
const Answers = z.object({ taskId: z.string() });

/** A question nobody here can answer. */
export async function passOn(turn: Turn, text: string, said = passedOn(turn)): Promise<Outcome> {
  if (!(await mayRaiseTask(turn.tx, turn.person.id, turn.now))) return askedEnough(turn);
  await askPerson(turn.tx, concernOf(turn, text));
  return { messages: [{ to: 'here', said }], ask: null };
}

/** A list that somebody sent in private is meant for the committee. */
export async function passOnList(turn: Turn): Promise<Outcome> {
  const { messages } = await passOn(turn, turn.text, say('desk.chain-passed-on'));
  return { messages };
}

/** "I want a person": one is told at once, and what they write next is added. */
export async function callPerson(turn: Turn): Promise<Outcome> {
  if (!(await mayRaiseTask(turn.tx, turn.person.id, turn.now))) return askedEnough(turn);
  const taskId = await askPerson(turn.tx, concernOf(turn, turn.text));
  const { contact } = turn.community.settings;
  if (turn.chat.kind === 'group')
    return { messages: [{ to: 'here', said: say('desk.person-called-group') }], ask: null };
  const said = contact === '' ? say('desk.person-called') : say('desk.person-called-contact', { contact });
  const ask = { step: STEP, version: VERSION, question: { kind: 'choose-shift' as const }, answers: { taskId } };
  return { messages: [{ to: 'here', said }], ask };
}

/** Whether this is what a person was called for. */
export function isForPerson({ conversation }: Turn): boolean {
  return conversation?.step === STEP && conversation.version === VERSION;
}

/** Whether they were asked where it is that something is wrong: a house number said now is not their own door. */
export function isWhere({ conversation, understood: { intent } }: Turn): boolean {
  const isOpen = conversation?.step === WHERE_STEP && conversation.version === VERSION;
  return isOpen && (intent === 'household.give' || intent === 'none' || intent === 'confirm');
}

/** The spot goes along with what was reported, and that is the end of it. */
export async function addWhere(turn: Turn): Promise<Outcome> {
  if (turn.understood.intent === 'confirm') return { messages: [{ to: 'here', said: say('desk.fine') }] };
  return { ...(await addForPerson(turn)), ask: null };
}

/** What is written after the call goes along with it, so that the committee sees one matter; the next line may follow. */
export async function addForPerson(turn: Turn): Promise<Outcome> {
  const answers = Answers.safeParse(turn.conversation?.answers);
  const task = answers.success ? { id: answers.data.taskId, communityId: turn.community.id } : null;
  const isAdded = task !== null && (await addToTask(turn.tx, task, turn.text));
  return isAdded
    ? { messages: [{ to: 'here', said: say('desk.added') }] }
    : { messages: (await passOn(turn, turn.text, say('desk.added'))).messages };
}

export async function noteIssue(turn: Turn, content: DeskContent): Promise<Outcome> {
  if (!(await mayRaiseTask(turn.tx, turn.person.id, turn.now))) return askedEnough(turn);
  const taskId = await reportIssue(turn.tx, concernOf(turn, turn.text));
  const { about = 'other', place } = turn.understood.slots;
  if (turn.chat.kind === 'group') return { messages: [{ to: 'here', said: say('desk.issue-noted-group') }], ask: null };
  const name = inWords(content, turn.community, issueName(about));
  const said =
    place === undefined
      ? say('desk.issue-noted', { about: name })
      : say('desk.issue-noted-place', { about: name, place });
  const question = { kind: 'give-where' as const };
  const ask = { step: WHERE_STEP, version: VERSION, question, answers: { taskId }, openForMs: WHERE_OPEN_MS };
  return { messages: [{ to: 'here', said }], ask };
}

/** Much of theirs waits already; whoever cannot wait is told where to call. */
function askedEnough({ community }: Turn): Outcome {
  const { contact } = community.settings;
  const said = contact === '' ? say('desk.enough') : say('desk.enough-contact', { contact });
  return { messages: [{ to: 'here', said }], ask: null };
}

function passedOn({ chat, community }: Turn): Saying {
  const { contact } = community.settings;
  if (chat.kind === 'group') return say('desk.passed-on-group');
  return contact === '' ? say('desk.passed-on') : say('desk.passed-on-contact', { contact });
}

function concernOf({ community, person, chat, now }: Turn, text: string) {
  return { communityId: community.id, personId: person.id, chatId: chat.id, text, now };
}

function issueName(about: IssueKind): Saying {
  switch (about) {
    case 'litter':
      return say('desk.issue-litter');
    case 'noise':
      return say('desk.issue-noise');
    case 'smoke':
      return say('desk.issue-smoke');
    case 'sewage':
      return say('desk.issue-sewage');
    case 'parking':
      return say('desk.issue-parking');
    case 'greenery':
      return say('desk.issue-greenery');
    case 'other':
      return say('desk.issue-other');
  }
}
