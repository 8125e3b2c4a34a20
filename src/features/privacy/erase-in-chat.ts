/** A person has their own data erased from a chat: asked once, then taken away in every community that was named. */
import { z } from 'zod';
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Ask, OtherAsk, Outcome, Turn } from '../../runtime/feature.ts';
import { findCommunity } from '../../store/community-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { inRow } from './kept-lines.ts';
import { eraseEverywhere, foretellErasing, type PrivacyParts } from './privacy-service.ts';
import { say } from './privacy-texts.ts';

const DELETE_STEP = 'delete';
const DELETE_VERSION = 1;
/** Whether what other communities keep was named, too. Only what was named goes. */
const Answers = z.object({ everywhere: z.boolean().default(false) });

export function isDeleteAsked({ conversation }: Turn): boolean {
  return conversation?.step === DELETE_STEP && conversation.version === DELETE_VERSION;
}

/** It cannot be undone, so it says what goes and what stays, and asks once. */
export async function askDelete(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  return isOfAll(turn) ? askForAll(turn, parts) : askForOne(turn, parts, 'privacy.delete-ask');
}

/** Whoever refuses one community has said nothing of the others. */
export function askDeleteOnRefusal(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  return askForOne(turn, parts, 'privacy.refused-ask');
}

export async function erase(turn: Turn, { keepers }: PrivacyParts): Promise<Outcome> {
  const { tx, now } = turn;
  const isAll = isOfAll(turn);
  const messages: Outgoing[] = [{ to: 'here', said: say('privacy.deleted'), ...(isAll ? { from: 'all' } : {}) }];
  const askOthers: OtherAsk[] = [];
  for (const { person, community } of await chatOwnerLast(turn, isAll ? await everybody(turn) : [own(turn)])) {
    const effects = await eraseEverywhere(tx, keepers, person, null, now);
    messages.push(...effects.messages.map((message) => ({ ...message, from: community })));
    askOthers.push(...(effects.askOthers ?? []).map((ask) => ({ ...ask, communityId: community.id })));
  }
  return { messages, askOthers, ask: null };
}

/** One human, as a community knows them. */
export interface KnownAs {
  readonly person: Person;
  readonly community: Community;
}

/** The community that is spoken to before the others. */
export async function everybody(turn: Turn): Promise<KnownAs[]> {
  const all = [own(turn)];
  for (const person of turn.elsewhere ?? []) {
    const community = await findCommunity(turn.tx, person.communityId);
    if (community !== null) all.push({ person, community });
  }
  return all;
}

function own({ person, community }: Turn): KnownAs {
  return { person, community };
}

function isOfAll(turn: Turn): boolean {
  if (!isDeleteAsked(turn)) return (turn.elsewhere ?? []).length > 0;
  return Answers.safeParse(turn.conversation?.answers).data?.everywhere === true;
}

async function askForOne(
  turn: Turn,
  parts: PrivacyParts,
  key: 'privacy.delete-ask' | 'privacy.refused-ask',
): Promise<Outcome> {
  const { gone, stays } = await foretell(turn, parts, own(turn));
  return askInPrivate(turn, say(key, { gone, stays }), false);
}

async function askForAll(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const words = wordsOf(turn, parts);
  const lines: string[] = [];
  const left = new Set<string>();
  for (const known of await everybody(turn)) {
    const { gone, stays } = await foretell(turn, parts, known);
    lines.push(words(say('privacy.gone-of-community', { community: known.community.name, gone })));
    left.add(stays);
  }
  const stays = inRow([...left], words);
  return askInPrivate(turn, say('privacy.delete-ask-everywhere', { gone: lines.join('\n'), stays }), true);
}

async function foretell(
  turn: Turn,
  parts: PrivacyParts,
  { person, community }: KnownAs,
): Promise<{ readonly gone: string; readonly stays: string }> {
  const words = wordsOf(turn, parts);
  const foretold = await foretellErasing(turn.tx, parts.keepers, person, community, turn.now);
  return { gone: inRow(foretold.gone.map(words), words), stays: inRow(foretold.stays.map(words), words) };
}

async function askInPrivate(turn: Turn, asked: Saying, everywhere: boolean): Promise<Outcome> {
  const choices = [
    { label: say('privacy.delete-yes'), say: say('privacy.delete-yes') },
    { label: say('privacy.delete-no'), say: say('privacy.delete-no') },
  ];
  const said: Said = { ...asked, choices };
  const from = everywhere ? ({ from: 'all' } as const) : {};
  const ask: Ask = {
    step: DELETE_STEP,
    version: DELETE_VERSION,
    question: { kind: 'confirm' },
    answers: { everywhere },
  };
  if (turn.chat.kind === 'direct') return { messages: [{ to: 'here', said, ...from }], ask };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) return { messages: [{ to: 'here', said: say('privacy.in-private') }] };
  return {
    messages: [
      { to: 'here', said: say('privacy.group-taken') },
      { to: { chatId: privateChat.id }, said, ...from },
    ],
    askOthers: [{ ...ask, chatId: privateChat.id, personId: turn.person.id }],
  };
}

/** Erased before the others, the owner of the private chat would hand it on to one of them. */
async function chatOwnerLast({ tx, person }: Turn, all: readonly KnownAs[]): Promise<KnownAs[]> {
  if (all.length === 1) return [...all];
  const chat = await findPrivateChat(tx, person.id);
  const isOwner = ({ person: one }: KnownAs) => one.id === chat?.personId;
  return [...all.filter((one) => !isOwner(one)), ...all.filter(isOwner)];
}

function wordsOf({ community }: Turn, { render }: PrivacyParts): (saying: Saying) => string {
  return ({ key, variables }) => render(community.locale, key, variables, '');
}
