/** A code from one's own other chat: whoever sends it there is the same human, and becomes one person here. */
import { z } from 'zod';
import { isMadeOf } from '../../lib/made-of.ts';
import type { BindingCode } from '../../model/binding.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { Ask, Outcome, Turn } from '../../runtime/feature.ts';
import { findCodeById, takeBindingCode } from '../../store/binding-code-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import { deleteConversation } from '../../store/conversation-table.ts';
import { hasRecords } from '../../store/person-join-table.ts';
import { turnPrivateChat } from '../../store/private-chat-table.ts';
import type { BindingParts } from './binding-parts.ts';
import { say } from './binding-texts.ts';
import { channelName } from './channel-name.ts';
import { joinPeople } from './join-people-service.ts';

const STEP = 'join';
const VERSION = 1;
const Answers = z.object({ code: z.string() });

/** Who has told something here already is asked once: with somebody else's code they would show them all of it. */
export async function meetPersonCode(turn: Turn, parts: BindingParts, code: BindingCode): Promise<Outcome> {
  if (code.personId === turn.person.id) return answer(say('binding.same-person'));
  return (await isAnybody(turn)) ? askWhetherOwn(turn, code) : join(turn, parts, code);
}

/** To this community or another. */
async function isAnybody({ tx, person, elsewhere = [] }: Turn): Promise<boolean> {
  for (const each of [person, ...elsewhere]) if (await hasRecords(tx, each)) return true;
  return false;
}

/** The answer to that question; what is none is answered with the question. */
export async function answerJoin(turn: Turn, parts: BindingParts): Promise<Outcome> {
  const code = await askedAbout(turn);
  if (code === null) return answer(say('binding.expired'));
  switch (readAnswer(turn, parts.render)) {
    case 'yes':
      return join(turn, parts, code);
    case 'no':
      return answer(say('binding.not-joined'));
    case null:
      return askWhetherOwn(turn, code);
  }
}

/** It cannot be undone, so it is not done on words that may mean something else. */
function readAnswer({ understood, text, community }: Turn, render: RenderText): 'yes' | 'no' | null {
  const { intent, slots } = understood;
  if (intent === 'choice') return slots.numbers?.[0] === 1 ? 'yes' : 'no';
  if (isMadeOf(text, render(community.locale, 'binding.yes-words', {}, ''))) return 'yes';
  if (isMadeOf(text, render(community.locale, 'binding.no-words', {}, ''))) return 'no';
  return intent === 'privacy.refuse' || (intent === 'confirm' && slots.yes === false) ? 'no' : null;
}

/** Whether the question stands; a code that is over by now takes it along. */
export async function isJoinOpen(turn: Turn): Promise<boolean> {
  return (await askedAbout(turn)) !== null;
}

async function askedAbout({ tx, now, conversation }: Turn): Promise<BindingCode | null> {
  if (conversation?.step !== STEP || conversation.version !== VERSION) return null;
  const answers = Answers.safeParse(conversation.answers);
  const code = answers.success ? await findCodeById(tx, answers.data.code) : null;
  return code === null || code.usedAt !== null || code.expiresAt <= now ? null : code;
}

async function askWhetherOwn(turn: Turn, { id, chatId, expiresAt }: BindingCode): Promise<Outcome> {
  const other = chatId === null ? null : await findChatById(turn.tx, chatId);
  if (other === null) return answer(say('binding.expired'));
  const said: Said = {
    ...say('binding.join-ask'),
    choices: [{ label: say('binding.join-yes') }, { label: say('binding.join-no') }],
  };
  const ask: Ask = {
    step: STEP,
    version: VERSION,
    question: { kind: 'confirm', options: ['join', 'leave'] },
    answers: { code: id },
    openForMs: expiresAt.getTime() - turn.now.getTime(),
  };
  return { messages: [{ to: 'here', said }], ask };
}

async function join(turn: Turn, parts: BindingParts, code: BindingCode): Promise<Outcome> {
  const { tx, now, chat, person, community } = turn;
  if (!(await takeBindingCode(tx, code.id, now))) return answer(say('binding.used'));
  // Settled by this: it must not go along to the person who stays.
  await deleteConversation(tx, { chatId: chat.id, personId: person.id, communityId: community.id });
  const other = code.chatId === null ? null : await findChatById(tx, code.chatId);
  const joined = code.personId === null ? null : await joinPeople(tx, parts, code.personId, person, community, now);
  if (joined === null || other === null) return answer(say('binding.expired'));
  // Whoever brings a code into the chat of another community goes on with this one there.
  await turnPrivateChat(tx, chat, joined.stays);
  const words = ({ key, variables }: Saying) => parts.render(community.locale, key, variables, '');
  const channel = words(channelName(other.channel));
  const notes = joined.notes.map(words).join('\n');
  const here = notes === '' ? say('binding.joined', { channel }) : say('binding.joined-with-notes', { channel, notes });
  const there = say('binding.joined-there', { channel: words(channelName(chat.channel)) });
  const messages: Outgoing[] = [
    { to: 'here', said: here },
    // Whoever did not send it themselves learns of it at once.
    { to: { chatId: other.id }, said: there },
    ...joined.effects.messages,
  ];
  return { ...joined.effects, messages };
}

function answer(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }], ask: null };
}
